export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const

export type Shell = (typeof shells)[number]

/** COMP_WORDS splits a word at each = and :, so bash passes the whole line on. */
const bash = `# bash completion of fargate
_fargate() {
  local answer word
  COMPREPLY=()
  answer=$(command fargate __complete bash "\${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null) || return
  case $answer in
    '') ;;
    :file) compopt -o default ;;
    :folder) compopt -o dirnames ;;
    *) while IFS= read -r word; do COMPREPLY+=("$word"); done <<<"$answer" ;;
  esac
}
complete -F _fargate fargate`

const zsh = String.raw`#compdef fargate
# zsh completion of fargate
_fargate() {
  local line
  local -a lines names shown
  lines=("${'$'}{(@f)$(command fargate __complete words "${'$'}{(Q)PREFIX}" "${'$'}{(@Q)words[1,CURRENT-1]}" 2>/dev/null)}")
  [[ -n $lines[1] ]] || return 1
  case $lines[1] in
    :file|:folder)
      [[ $PREFIX == --*=* ]] && compset -P '*='
      if [[ $lines[1] == :folder ]]; then _files -/; else _files; fi
      return ;;
  esac
  for line in $lines; do
    names+=("${'$'}{line%%$'\t'*}")
    if [[ $line == *$'\t'* ]]; then shown+=("${'$'}{line%%$'\t'*}  -- ${'$'}{line#*$'\t'}"); else shown+=("$line"); fi
  done
  compadd -l -d shown -a names
}
if [[ $funcstack[1] == _fargate ]]; then
  _fargate "$@"
else
  compdef _fargate fargate
fi`

const fish = String.raw`# fish completion of fargate
function __fargate_complete
    set -l word (commandline -ct)
    set -l answer (command fargate __complete words "$word" (commandline -opc) 2>/dev/null)
    switch "$answer[1]"
        case :file :folder
            set -l start (string match -r -- '^--[^=]+=' "$word")
            set -l path (string replace -r -- '^--[^=]+=' '' "$word")
            if test "$answer[1]" = :folder
                string replace -r -- '^' "$start" (__fish_complete_directories "$path" '')
            else
                string replace -r -- '^' "$start" (__fish_complete_path "$path" '')
            end
        case '*'
            printf '%s\n' $answer
    end
end
complete -c fargate -f -a '(__fargate_complete)'`

/** Older PowerShells drop empty arguments, so a mark stands in front of the word. */
const powershell = String.raw`# PowerShell completion of fargate
Register-ArgumentCompleter -Native -CommandName fargate -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition -or ($_.Extent.EndOffset -eq $cursorPosition -and -not $wordToComplete) } |
        ForEach-Object { if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text } })
    $program = Get-Command fargate -CommandType Application, ExternalScript -ErrorAction SilentlyContinue | Select-Object -First 1
    if (-not $program) { return }
    $answer = @(& $program __complete marked "=$wordToComplete" @words 2>$null)
    if ($answer.Count -eq 1 -and $answer[0] -in ':file', ':folder') {
        return [System.Management.Automation.CompletionCompleters]::CompleteFilename($wordToComplete)
    }
    foreach ($line in $answer) {
        $name, $about = $line -split "${'`'}t", 2
        if (-not $about) { $about = $name }
        $text = if ($name -match '^[\w@%+=:./-]+$') { $name } else { "'" + $name.Replace("'", "''") + "'" }
        [System.Management.Automation.CompletionResult]::new($text, $name, 'ParameterValue', $about)
    }
}`

/** What each shell reads to complete command lines of this program. */
export const completionScripts: Readonly<Record<Shell, string>> = {bash, zsh, fish, powershell}
