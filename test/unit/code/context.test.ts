import assert from 'node:assert/strict';
import { enclosingLines } from '../../../src/core/code/enclosing';
import { importsInUse } from '../../../src/core/code/importsInUse';

suite('the signatures around code', () => {
  const script =
    'import a;\n\nexport class Cart extends List {\n  private n = 1;\n\n  total(items: Item[]): number {\n    let sum = 0;\n    for (const item of items) {\n      ';

  test('are its class and its method, without loops', () => {
    assert.deepEqual(enclosingLines(script, 'sum += item.price;'), [
      'export class Cart extends List {',
      '  total(items: Item[]): number {',
    ]);
  });

  test('are those of Python', () => {
    const above = 'class Cart:\n    def total(self):\n        if self.items:\n';
    assert.deepEqual(enclosingLines(above, '            return 1\n'), [
      'class Cart:',
      '    def total(self):',
    ]);
  });

  test('are none for code that stands at the left', () => {
    assert.deepEqual(enclosingLines('class A {\n}\n', 'function f() {}\n'), []);
  });
});

suite('the imports that code uses', () => {
  for (const [languageId, document, code, expected] of [
    [
      'typescript',
      "import { a, b } from './a';\nimport type { C } from './c';\nimport d from 'd';\nimport './side';\n",
      'b(); d();',
      "import { a, b } from './a';\nimport d from 'd';",
    ],
    [
      'typescript',
      "import {\n  one,\n  two as three,\n} from './n';\n",
      'three();',
      "import {\n  one,\n  two as three,\n} from './n';",
    ],
    ['typescript', "import { two as three } from './n';\n", 'two();', ''],
    ['javascript', "const fs = require('fs');\nconst x = 1;\n", 'fs.readFile()', "const fs = require('fs');"],
    [
      'python',
      'import os\nimport numpy as np\nfrom a import (\n    b,\n    c,\n)\n',
      'np.sum(c)',
      'import numpy as np\nfrom a import (\n    b,\n    c,\n)',
    ],
    [
      'go',
      'import (\n\t"fmt"\n\t"os"\n\tlog "github.com/x/slog"\n)\n',
      'fmt.Println(log.X)',
      'import (\n\t"fmt"\n\tlog "github.com/x/slog"\n)',
    ],
    ['java', 'import java.util.List;\nimport java.util.Map;\n', 'List<String> x;', 'import java.util.List;'],
    [
      'rust',
      'use std::{\n    io,\n    fs::File,\n};\nuse a::B;\n',
      'File::open()',
      'use std::{\n    io,\n    fs::File,\n};',
    ],
    ['c', '#include <stdio.h>\n', 'puts("x");', '#include <stdio.h>'],
    ['cobol', 'import a\n', 'a', ''],
  ] as const) {
    test(`${languageId}: ${code}`, () => assert.equal(importsInUse(document, code, languageId), expected));
  }

  test('are told once, and none that is sent itself', () => {
    const line = "import { a } from './a';";
    assert.equal(importsInUse(`${line}\n${line}\n`, 'a();', 'typescript'), line);
    assert.equal(importsInUse(`${line}\n`, `${line}\na();`, 'typescript'), '');
  });
});
