import type { CodeFacts } from './codeFacts';

/** Test code in the language of what it tests. */
export function testsFor(facts: CodeFacts): string {
  const names = facts.functions.length ? facts.functions.map(fact => fact.name) : ['subject'];
  const unique = [...new Set(names)];
  switch (facts.language) {
    case 'python':
    case 'py':
      return unique.map(name => `def test_${name}():\n    assert ${name} is not None`).join('\n\n\n');
    case 'go':
      return unique.map(goTest).join('\n\n');
    case 'rust':
    case 'rs':
      return unique.map(name => `#[test]\nfn ${name}_works() {\n    let _ = ${name};\n}`).join('\n\n');
    default:
      return [
        "import assert from 'node:assert/strict';",
        "import { test } from 'node:test';",
        '',
        ...unique.map(name => `test('${name} exists', () => {\n  assert.ok(${name});\n});`),
      ].join('\n');
  }
}

const goTest = (name: string): string =>
  `func Test${name.charAt(0).toUpperCase()}${name.slice(1)}(t *testing.T) {\n\tt.Log("${name}")\n}`;
