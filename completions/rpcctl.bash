# Completion of rpcctl for bash 4.4 and later; needs nothing else, bash-completion neither.
#
#   source <(rpcctl completion bash)        in ~/.bashrc, or this file where bash-completion looks for it
#
# The line goes to 'rpcctl __complete' as one argument, and what comes back is only ever a word to insert or a
# text to show: nothing typed or served is evaluated.

# Takes the quotes off the last word of $1, a line up to what readline replaces: that word in _rpcctl_before, and in
# _rpcctl_quote the quote that is still open behind it.
_rpcctl_unquote() {
  # Bytes, and a piece at a time: to reach a character, bash goes through all of the text before it.
  local LC_ALL=C
  local line=$1 piece c size=${#1} at i part=
  _rpcctl_before= _rpcctl_quote=
  for ((at = 0; at < size; at += 512)); do
    piece=${line:at:512}
    for ((i = 0; i < ${#piece}; i++)); do
      c=${piece:i:1}
      # A backslash behind the quote says that one came before.
      case $_rpcctl_quote$c in
        '"\') _rpcctl_quote='"\' ;;
        '"\'['"\$`']) part+=$c _rpcctl_quote='"' ;;
        '"\'?) part+="\\$c" _rpcctl_quote='"' ;;
        '\'?) part+=$c _rpcctl_quote= ;;
        "''" | '""') _rpcctl_quote= ;;
        ["\"'"]?) part+=$c ;;
        "'" | '"' | '\') _rpcctl_quote=$c ;;
        [[:space:]] | [';&|()<>']) part= _rpcctl_before= ;;
        *) part+=$c ;;
      esac
    done
    _rpcctl_before+=$part part=
  done
  case $_rpcctl_quote in
    '"\') _rpcctl_before+='\' _rpcctl_quote='"' ;;
    '\') _rpcctl_quote= ;;
  esac
}

# Quotes $1 for where the cursor is, into _rpcctl_word; fails where that cannot be done.
_rpcctl_requote() {
  local c
  _rpcctl_word=$1
  case $_rpcctl_quote in
    "'") _rpcctl_word=${_rpcctl_word//"'"/"'\\''"} ;;
    '"')
      # Within double quotes nothing keeps "!" from calling up an old line.
      [[ $_rpcctl_word != *'!'* ]] || return 1
      for c in '\' '"' '$' '`'; do _rpcctl_word=${_rpcctl_word//"$c"/"\\$c"}; done
      ;;
    *) [[ -z $1 ]] || printf -v _rpcctl_word %q "$1" ;;
  esac
}

# The names of files that begin as the word does from its character $1 on; $2 is what readline replaces.
_rpcctl_files() {
  local at=$1 typed=$2 names name kept= plain
  # Where the shell would put something else in the place of what is typed, its source is no part of a name, and
  # readline would quote it.
  plain=${typed//\\?/}
  if [[ -n $_rpcctl_before && $_rpcctl_quote != "'" ]]; then
    [[ $plain != *['$`']* && ( -n $_rpcctl_quote || $plain != '~'* ) ]] || return 0
  fi
  # Of what stands before the name, this is behind the last word break.
  ((at <= ${#_rpcctl_before})) || kept=${typed:0:at - ${#_rpcctl_before}}
  mapfile -t names < <(compgen -f -- "${typed#"$kept"}")
  if [[ -z $kept ]]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY+=("${names[@]}")
    return
  fi
  # It is no name of a file, so the rest of what readline does for those is done here.
  for name in "${names[@]}"; do
    _rpcctl_requote "$name" || continue
    if [[ -d $name ]]; then
      _rpcctl_word+=/
      compopt -o nospace 2>/dev/null
    fi
    COMPREPLY+=("$kept$_rpcctl_word")
  done
}

# Shows values with their descriptions, where readline asks for a list and puts nothing of it into the line.
_rpcctl_describe() {
  local i width=0 text
  for text in "${COMPREPLY[@]}"; do ((${#text} <= width)) || width=${#text}; done
  for i in "${!COMPREPLY[@]}"; do
    [[ -n ${descriptions[i]} ]] || continue
    printf -v text '%-*s  -- %s' "$width" "${COMPREPLY[i]}" "${descriptions[i]}"
    ((${#text} < COLUMNS)) || text=${text:0:COLUMNS - 4}...
    COMPREPLY[i]=$text
  done
}

_rpcctl() {
  local IFS=$' \t\n' typed=$2 line answer=() descriptions=() hints=() directive text value description
  local _rpcctl_before _rpcctl_quote _rpcctl_word COLUMNS=${COLUMNS:-80}
  COMPREPLY=()
  line=${COMP_LINE:0:COMP_POINT}
  # Whatever path was typed: what lies in somebody's folder is not run before Enter is pressed.
  mapfile -t answer < <(command rpcctl __complete bash "$line" 2>/dev/null </dev/null)
  [[ ${answer[0]-} == :* ]] || return 0
  _rpcctl_unquote "${line%"$typed"}"
  for text in "${answer[@]:1}"; do
    if [[ $text == '#'* ]]; then
      hints+=("${text:1}")
      continue
    fi
    value=${text%%$'\t'*} description=
    [[ $text != *$'\t'* ]] || description=${text#*$'\t'}
    # Before the last word break, which is "=", ":" or "@" as well, readline keeps what is there.
    [[ ${value:0:${#_rpcctl_before}} == "$_rpcctl_before" ]] || continue
    _rpcctl_requote "${value:${#_rpcctl_before}}" || continue
    COMPREPLY+=("$_rpcctl_word")
    descriptions+=("$description")
  done
  text=0
  for directive in ${answer[0]:1}; do
    case $directive in
      nospace) compopt -o nospace 2>/dev/null ;;
      keeporder) compopt -o nosort 2>/dev/null ;;
      prefix=*[!0-9]*) ;;
      prefix=*) text=${directive#prefix=} ;;
    esac
  done
  if [[ " ${answer[0]:1} " == *' files '* ]]; then
    _rpcctl_files "$text" "$typed"
  elif [[ ${COMP_TYPE-} == 63 && ${#COMPREPLY[@]} -eq 0 ]]; then
    # The second TAB: where there is nothing to choose from, what may be typed is told.
    COMPREPLY=("${hints[@]}")
  elif [[ ${COMP_TYPE-} == 63 && ${#COMPREPLY[@]} -gt 1 && -z $_rpcctl_quote ]]; then
    _rpcctl_describe
  fi
}

complete -F _rpcctl rpcctl
