import PolicyAnalysis
import PolicyModel
import PolicyReport
import PolicySource
import PolicyTestSupport
import Testing

/// The JSON of a matrix is what its schema says.
@Suite struct MatrixJSONTests {
  private let text = """
    catalogue portal {
      context { mfa: Bool }
      service device { read { list "All"  get } write { @sensitive delete } }
    }
    role Observer { allow *.read }
    built-in policy guard { deny device.delete unless context.mfa because "why" }
    group staff { user "ada" }
    ou acme { plant }
    assign Observer to group staff in acme
    assign guard to everyone

    """

  @Test func `every document is what the schema says`() throws {
    let schema = try SchemaValidator(grammar: "matrix.schema.json")
    let new = try policySet(text)
    let plain = MatrixJSON(Matrix(new)).document(of: "a", against: nil)
    #expect(schema.problems(with: plain) == [])
    let old = try policySet(text.replacing("allow *.read", with: "allow device.list"))
    let compared = MatrixJSON(Matrix(new, against: old)).document(of: "a", against: "b")
    #expect(schema.problems(with: compared) == [])
    let bytes = String(decoding: JSONWriter.line(compared), as: UTF8.self)
    #expect(bytes.contains("\"widened\""))
  }
}
