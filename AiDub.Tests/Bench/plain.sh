#!/usr/bin/env bash
# What one would write without AiDub: the same tools, one after the other, on one input.
# usage: plain.sh CLIP OUT   (English to Spanish); prints the seconds of each part.
set -euo pipefail
clip=$1 out=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mark() { local now; now=$(date +%s.%N); awk "BEGIN { printf \"%s %.2f\n\", \"$1\", $now - $last }"; last=$now; }
last=$(date +%s.%N)

ffmpeg -v error -i "$clip" -ac 1 -ar 16000 "$work/speech.wav"
mark extract
pocketsphinx_continuous -infile "$work/speech.wav" -time yes -logfn /dev/null > "$work/words.txt"
# An utterance a line, with the time at which its first word starts.
awk '/^<s>/ { start = ""; text = ""; next } /^<\/s>/ { if (text != "") print start "\t" text; next }
     NF == 4 && $2 ~ /^[0-9.]+$/ { if ($1 ~ /^[a-z]/) { sub(/\(.*/, "", $1); if (start == "") start = $2; text = text " " $1 } }' \
  "$work/words.txt" > "$work/lines.tsv"
mark recognise
cut -f 2 "$work/lines.tsv" | sed 's/$/./' | apertium -u eng-spa > "$work/spanish.txt"
mark translate
n=0
while IFS= read -r line; do
  espeak-ng -v es -w "$work/$n.wav" -- "$line"
  n=$((n + 1))
done < "$work/spanish.txt"
mark speak
# Every line is brought to its place and rate by a run of its own, then all are joined.
n=0 at=0
: > "$work/list.txt"
while IFS=$'\t' read -r start _; do
  [ -f "$work/$n.wav" ] || break
  gap=$(awk "BEGIN { g = $start - $at; print (g > 0 ? g : 0.01) }")
  ffmpeg -v error -i "$work/$n.wav" -af "aresample=48000,adelay=$(awk "BEGIN { printf \"%d\", $gap * 1000 }"):all=1" -ac 1 "$work/fit-$n.wav"
  seconds=$(ffprobe -v error -show_entries format=duration -of csv=p=0 "$work/fit-$n.wav")
  at=$(awk "BEGIN { print $at + $seconds }")
  echo "file '$work/fit-$n.wav'" >> "$work/list.txt"
  n=$((n + 1))
done < "$work/lines.tsv"
mark fit
ffmpeg -v error -f concat -safe 0 -i "$work/list.txt" "$work/dub.wav"
loud=$(ffmpeg -hide_banner -nostats -i "$clip" -vn -af ebur128 -f null - 2>&1 | awk '/I:/ { v = $2 } END { print v }')
ffmpeg -v error -i "$clip" -i "$work/dub.wav" -filter_complex \
  "[1:a]asplit[d][key];[0:a][key]sidechaincompress=threshold=0.02:ratio=12[bed];[bed][d]amix=inputs=2:duration=first:normalize=0[m];[m]loudnorm=I=${loud}:TP=-1.5[a]" \
  -map 0:v -map "[a]" -c:v copy -c:a aac -ar 48000 -y "$out"
mark mix
