import {expect, test} from 'vitest'
import {completionScripts} from '../../../../src/cli/completion/scripts.js'

test('the script of PowerShell registers what completes the program', () => {
  const {powershell} = completionScripts

  expect(powershell).toContain('Register-ArgumentCompleter -Native -CommandName fargate -ScriptBlock {')
  expect(powershell).toContain('& $program __complete marked "=$wordToComplete" @words 2>$null')
  expect(powershell).toContain('-split "`t", 2')
  for (const [open, close] of ['{}', '()', '[]'].map((pair) => [...pair])) {
    expect(powershell.split(open ?? '').length, open).toBe(powershell.split(close ?? '').length)
  }
})

test.each(Object.entries(completionScripts))(
  'the script of %s has no letter that only an editor shows',
  (_, script) => {
    expect(script).toMatch(/^[\n\x20-\x7e]+$/)
  },
)
