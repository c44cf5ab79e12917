/** Names that anyone who may create a secret can choose, and what they aim at. */
export const hostileNames = {
  markdown: '[click](https://evil.example) **bold** `code` | cell',
  ansi: '\u001b[31mred\u001b[0m\u0007',
  workflowCommand: '::error::gone',
  azureCommand: '##vso[task.complete]done',
  script: '</script><script>alert(1)</script>',
  emoji: 'prod/🔑/数据库',
  rightToLeft: 'prod/\u202egnp.exe',
  lines: 'first\r\n::set-output name=x::y\u2028third',
} as const;
