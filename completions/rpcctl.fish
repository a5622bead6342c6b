# Completion of rpcctl for fish 3.4 and later.
#
#   rpcctl completion fish > ~/.config/fish/completions/rpcctl.fish
#
# The line goes to 'rpcctl __complete' as one argument, and what comes back is only ever a word to insert or a text to
# show: nothing typed or served is evaluated.

function __rpcctl_complete
    set -l line (commandline -cp | string collect)
    # Whatever path was typed: what lies in somebody's folder is not run before Enter is pressed. sh keeps to itself
    # that a program died.
    set -l answer (command sh -c '"$@"; exit' sh rpcctl __complete fish "$line" 2>/dev/null </dev/null)
    string match -q -- ':*' "$answer[1]"; or return
    set -l directives (string split -n -- ' ' (string sub -s 2 -- $answer[1]))
    # Values and their descriptions go on as they are; hints have no place here.
    string match -v -- '#*' $answer[2..]
    contains -- files $directives; or return
    set -l at (string match -r -g -- '^prefix=([0-9]+)$' $directives)
    set -l token (commandline -ct | string unescape -n 2>/dev/null; or commandline -ct)
    set -l before (string sub -l "0$at" -- $token)
    set -l name (string sub -s (math "0$at" + 1) -- $token)
    for file in (__fish_complete_path "$name")
        printf '%s%s\n' "$before" $file
    end
end

complete -c rpcctl -e
complete -c rpcctl -f -k -a '(__rpcctl_complete)'
