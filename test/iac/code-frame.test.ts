import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeFrame, redactedLines } from '../../src/iac/code-frame.ts';
import { isPlainWord } from '../../src/iac/plain-words.ts';

const hcl = `resource "aws_secretsmanager_secret" "db" { # canary-a
  name        = "prod/canary-b"
  kms_key_id  = aws_kms_key.main.arn
  password    = canaryc
  pin_code    = 4711
  days        = 30
  account     = 123456789012
  count       = var.on ? 1 : 0
  text        = var.on ? "canary-d" : "canary-e"
  nested      = "x-\${jsonencode({ "k" = "canary-f" })}-canary-g"
  policy      = jsonencode({ "Action" = ["secretsmanager:*"], Effect : "Allow", "token" : "canary-h" })
  body        = <<-EOT
    password = canary.i
    canary_j.value
  EOT
  /* canary-k
  */
  after       = true
  unclosed    = "canary-l
  last        = local.name
}
`;

const yaml = `# canary-a
Resources:
  Db:
    Type: AWS::SecretsManager::Secret
    DependsOn: [Key, Other]
    Properties:
      Name: prod/canary-b # canary-c
      SecretString: "canary-d"
      KmsKeyId: !GetAtt Key.Arn
      Days: 30
      Pin: 4711
      Account: 123456789012
      Quoted: 'it''s
        canary-e: true'
      Folded: first
        canary-f
      Tags:
        - Key: team
          Value: canary-g
        - canary-h
      Script: !Sub |-
        password: true
        canary: 5

          canary-i: 1
      After: true
      - Nested: >
          canary-j: 1
        Kept: null
      Flow: { Ref: Key, password: canary-k, list: [canary-l,
        "canary-m
         canary: n", true], Effect: Allow }
      ? canary-o
      : canary-p
      Last: false
`;

const json = `{
  "Resources": {
    "Db": {
      "Type": "AWS::SecretsManager::Secret",
      "Properties": {
        "SecretString": "canary \\" : true, \\"canary\\": \\"b\\"",
        "Pin": 471199, "Days": 30, "On": true,
        "KmsKeyId": { "Fn::GetAtt": ["Key", "Arn"] },
        "Action": ["kms:Decrypt", "canary:c"],
        "Mixed": [{ "Ref": "Key" }, "canary"]
      }
    }
  }
}
`;

describe('a code frame', () => {
  it.each([
    ['HCL', 'main.tf', hcl],
    ['YAML', 'template.yaml', yaml],
    ['JSON', 'template.json', json],
  ])('%s: structure and names stay, literals go', (_name, file, text) => {
    const lines = redactedLines(file, text);
    expect(lines).toHaveLength(text.split('\n').length);
    expect(lines.join('\n')).toMatchSnapshot();
    // What is written as a name is shown as one.
    expect(lines.join('\n').replace(/^\s*canary:/gm, '')).not.toMatch(/canary(?!: )|4711|123456789012/);
  });

  it('is the lines around the place, and no more than a few', () => {
    const lines = Array.from({ length: 30 }, (_, index) => `line${index + 1}`);
    expect(codeFrame(lines, 1, 1)).toEqual({ startLine: 1, text: 'line1\nline2\nline3' });
    expect(codeFrame(lines, 30, 30)).toEqual({ startLine: 28, text: 'line28\nline29\nline30' });
    expect(codeFrame(lines, 10, 29).text.split('\n')).toEqual(lines.slice(7, 16));
    expect(codeFrame(['x'.repeat(500)], 1, 1).text).toHaveLength(161);
  });

  it('never shows what a text holds, wherever it stands and whatever is around it', () => {
    const canary = 'Qx7canaryZ9';
    const piece = fc.constantFrom(
      ...[
        '"',
        "'",
        '\\',
        '\n',
        '\n  ',
        ' ',
        ': ',
        ' = ',
        '{',
        '}',
        '[',
        ']',
        ',',
        '#',
        '//',
        '/*',
        '*/',
        '<<EOT\n',
        '\nEOT\n',
        '${',
        '|\n',
        '- ',
        '!Sub ',
        '&a ',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.array(piece, { maxLength: 12 }), (before, after) => {
        for (const file of ['a.tf', 'a.yaml']) {
          const text = `${before.join('')}"${canary} ${canary}"${after.join('')}`;
          const shown = redactedLines(file, text);
          expect(shown.join('\n')).not.toContain(`${canary} `);
          expect(shown).toHaveLength(text.split('\n').length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['a heredoc whose line goes on', 'a.tf', 'x = <<EOT canary\nb\nEOT\n'],
    ['a heredoc without its word', 'a.tf', 'x = <<\ncanary more\nEOT\n'],
    ['a heredoc by a word of its own', 'a.tf', 'x = <<canary\nb\ncanary\n'],
    ['a text that its line cuts off', 'a.tf', 'x = "canary\\\ny = "canary'],
    ['texts in texts', 'a.tf', `x = "${'${"'.repeat(100_000)}canary`],
    ['a line of blanks', 'a.yaml', `x: a${' '.repeat(200_000)}canary`],
    ['brackets in brackets', 'a.yaml', `x: ${'['.repeat(200_000)}canary`],
    ['quotes without end', 'a.yaml', `x: ["${'\\"'.repeat(100_000)}canary\n canary: 1`],
    ['an expression over lines', 'a.tf', 'x = "${\n var.u\n}:canary: a_canary.x"\n'],
    ['a heredoc by a word beyond ASCII', 'a.tf', 'x = <<ÉOT\na_canary.x\ncanary = 1\nÉOT\n'],
    ['a text after a tag of any kind', 'a.yaml', 'k: !!str "a\n  canary: x"'],
    ['a text after an anchor of any kind', 'a.yaml', 'k: &a.b "a\n  canary: x"'],
    ['a text below a key with blanks', 'a.yaml', 'My Key: "a\n  canary: x"'],
    ['a text below a path', 'a.yaml', '/a/b: "x\n  canary: y"'],
    ['a text that is a key', 'a.yaml', '? "x\n  canary: y"\n: z'],
    ['a text that is all', 'a.yaml', '--- "a\n canary: x"'],
    ['a body less far in than its mark', 'a.yaml', 'k:\n    |\n  canary: x\n'],
    ['a body after a comment and CRLF', 'a.yaml', 'k: | # c\r\n  canary: x\r\n'],
    ['quotes within words', 'a.yaml', "k: { a: it's, b: 'canary: x' }"],
    ['a number sign within a word', 'a.yaml', 'k: {a: b#c, d: "e\n  canary: x"}'],
    ['a text below brackets', 'a.yaml', '{a: b}: "q\n canary: x"'],
    ['blanks within a word', 'a.yaml', `- a${' '.repeat(200_000)}canary`],
  ])('%s: nothing shown, and at once', (_name, file, text) => {
    const lines = redactedLines(file, text);
    expect(lines).toHaveLength(text.split('\n').length);
    expect(lines.join('\n')).not.toContain('canary');
  });

  it('takes any bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        for (const file of ['a.tf', 'a.yaml']) expect(redactedLines(file, text)).toHaveLength(text.split('\n').length);
      }),
    );
  });

  it('holds no literal of the sample code', () => {
    const folder = new URL('../fixtures/plans/acme/', import.meta.url);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tf'));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const text = readFileSync(new URL(file, folder), 'utf8');
      const shown = redactedLines(file, text).join('\n');
      for (const [, literal = ''] of text.matchAll(/(?:password|secret_string|value|description)\s*=\s*"((?:[^"\\$]|\\.){6,})"/g)) {
        if (!isPlainWord(literal)) expect(shown).not.toContain(`= "${literal}"`);
      }
    }
  });
});
