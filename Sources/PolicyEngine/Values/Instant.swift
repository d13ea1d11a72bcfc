/// A point in time, exact to the nanosecond, years 0000 to 9999.
@frozen public struct Instant: Hashable, Sendable {
  /// Seconds from 1970-01-01T00:00:00Z, without leap seconds.
  public let seconds: Int64
  /// Nanoseconds after `seconds`, 0 to 999,999,999.
  public let nanoseconds: UInt32

  /// The point some seconds and nanoseconds after 1970-01-01T00:00:00Z.
  public init(seconds: Int64, nanoseconds: UInt32 = 0) {
    precondition(nanoseconds < 1_000_000_000, "nanoseconds are below one second")
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// Reads an RFC 3339 date and time with `Z` or an offset, such as `2026-06-01T08:00:00+02:00`.
  ///
  /// A leap second (`:60`) is the second after it, as in POSIX time. Digits of a fraction beyond the
  /// ninth must be 0.
  /// - Complexity: O(length).
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    func number(_ start: Int, _ count: Int) -> Int? {
      guard start + count <= bytes.count else { return nil }
      var value = 0
      for byte in bytes[start..<start + count] {
        guard (48...57).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 48)
      }
      return value
    }
    func isAt(_ index: Int, _ characters: StaticString...) -> Bool {
      index < bytes.count
        && characters.contains { bytes[index] == UInt8($0.description.utf8.first ?? 0) }
    }
    guard bytes.count >= 20, isAt(4, "-"), isAt(7, "-"), isAt(10, "T", "t"), isAt(13, ":"),
      isAt(16, ":"),
      let year = number(0, 4), let month = number(5, 2), let day = number(8, 2),
      let hour = number(11, 2), let minute = number(14, 2), let second = number(17, 2),
      (1...12).contains(month), (1...Instant.days(in: month, of: year)).contains(day),
      hour <= 23, minute <= 59, second <= 60
    else { return nil }
    var index = 19
    var fraction: UInt32 = 0
    if isAt(index, ".") {
      index += 1
      let start = index
      var scale: UInt32 = 100_000_000
      while index < bytes.count, (48...57).contains(bytes[index]) {
        let digit = UInt32(bytes[index] - 48)
        guard scale > 0 || digit == 0 else { return nil }
        fraction += digit * scale
        scale /= 10
        index += 1
      }
      guard index > start else { return nil }
    }
    var offset = 0
    if isAt(index, "Z", "z") {
      index += 1
    } else {
      guard isAt(index, "+", "-"), isAt(index + 3, ":"), let hours = number(index + 1, 2),
        let minutes = number(index + 4, 2), hours <= 23, minutes <= 59
      else { return nil }
      offset = (hours * 60 + minutes) * (isAt(index, "-") ? -60 : 60)
      index += 6
    }
    guard index == bytes.count else { return nil }
    let days = Instant.daysFromEpoch(year: year, month: month, day: day)
    let time = hour * 3600 + minute * 60 + second
    seconds = Int64(days * 86_400 + time - offset)
    nanoseconds = fraction
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days from 1970-01-01 in the proleptic Gregorian calendar (the algorithm `days_from_civil` of
  /// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
  private static func daysFromEpoch(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}

extension Instant: Comparable {
  /// Whether one point in time is before another.
  public static func < (left: Instant, right: Instant) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }
}

extension Instant: CustomStringConvertible {
  /// The instant in RFC 3339 with `Z`.
  public var description: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether the text is one that is read as this instant: the year is 0000 to 9999.
  var hasText: Bool { (-62_167_219_200..<253_402_300_800).contains(seconds) }

  /// Appends the instant in RFC 3339 with `Z`; takes no memory but that of the bytes.
  func write(to bytes: inout [UInt8]) {
    let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let time = seconds - days * 86_400
    // The inverse, `civil_from_days`, of the same source.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    func append(_ value: Int64, _ digits: Int, _ end: Unicode.Scalar) {
      bytes.append(decimal: value, digits: digits)
      bytes.append(UInt8(ascii: end))
    }
    append(year, 4, "-")
    append(month, 2, "-")
    append(day, 2, "T")
    append(time / 3600, 2, ":")
    append(time / 60 % 60, 2, ":")
    bytes.append(decimal: time % 60, digits: 2)
    if nanoseconds > 0 {
      bytes.append(UInt8(ascii: "."))
      bytes.append(decimal: Int64(nanoseconds), digits: 9)
      while bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
    }
    bytes.append(UInt8(ascii: "Z"))
  }
}
