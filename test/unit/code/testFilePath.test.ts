import assert from 'node:assert/strict';
import { testFilePath } from '../../../src/core/code/testFilePath';

suite('where a new test belongs', () => {
  for (const [what, languageId, path, files, expected] of [
    [
      'beside the code',
      'typescript',
      'src/cart.ts',
      ['src/cart.ts', 'src/list.ts', 'src/list.test.ts'],
      'src/cart.test.ts',
    ],
    [
      'with the name that the others have',
      'typescript',
      'src/cart.ts',
      ['src/list.ts', 'src/list.spec.ts'],
      'src/cart.spec.ts',
    ],
    [
      'in a folder beside the code',
      'javascript',
      'src/cart.js',
      ['src/a/list.js', 'src/a/__tests__/list.test.js'],
      'src/__tests__/cart.test.js',
    ],
    [
      'in a tree like the code’s',
      'typescript',
      'src/app/cart.ts',
      ['src/core/list.ts', 'test/unit/core/list.test.ts'],
      'test/unit/app/cart.test.ts',
    ],
    [
      'in one folder for all',
      'python',
      'shop/cart.py',
      ['shop/list.py', 'tests/test_list.py'],
      'tests/test_cart.py',
    ],
    ['in Python without tests', 'python', 'shop/cart.py', ['shop/cart.py'], 'tests/test_cart.py'],
    ['in a Python script without tests', 'python', 'report.py', ['report.py'], 'test_report.py'],
    ['in Go', 'go', 'cart/cart.go', [], 'cart/cart_test.go'],
    [
      'in Java',
      'java',
      'src/main/java/shop/Cart.java',
      ['src/main/java/shop/List.java', 'src/test/java/shop/ListTest.java'],
      'src/test/java/shop/CartTest.java',
    ],
    ['in Java without tests', 'java', 'src/main/java/shop/Cart.java', [], 'src/test/java/shop/CartTest.java'],
    ['in C#', 'csharp', 'Cart.cs', ['List.cs', 'ListTests.cs'], 'CartTests.cs'],
    ['in Ruby', 'ruby', 'lib/cart.rb', ['lib/list.rb', 'spec/list_spec.rb'], 'spec/cart_spec.rb'],
    [
      'beside a test that is there',
      'typescript',
      'src/cart.ts',
      ['src/cart.ts', 'src/cart.test.ts'],
      'src/cart.test2.ts',
    ],
  ] as const) {
    test(`${what}: ${expected}`, () => assert.equal(testFilePath(path, languageId, files), expected));
  }
});
