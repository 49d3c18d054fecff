# Does what the text says: "NUMBER KIND SECONDS". Each message of an answer repeats the number.
read -r number kind seconds
case $kind in
  progress)
    for percent in 20 40 60 80; do
      echo "progress $percent step $percent" >&2
      sleep 1
    done ;;
  *) sleep "$seconds" ;;
esac
case $kind in
  refuse) echo "reason $number." >&2; exit 65 ;;
  flaky) [ "$TG_TASK_ATTEMPT" -gt 1 ] || { echo "reason $number." >&2; exit 1; } ;;
  fail) case $TG_TASK_ID in *.again*) ;; *) echo "reason $number." >&2; exit 1 ;; esac ;;
esac
if [ "$kind" = long ]; then
  line=0
  while [ $line -lt 60 ]; do
    line=$((line + 1))
    echo "answer $number. Line $line of many lines that do not fit one message, so that it takes two of them."
  done
else
  echo "answer $number."
fi
