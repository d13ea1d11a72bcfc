@main struct Pol { static func main() {} }
