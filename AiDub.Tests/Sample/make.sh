#!/usr/bin/env bash
# Makes NAME.mp4 of NAME.txt: Flite's rms voice, a sentence a line with pauses between, over a moving picture and soft chords.
# sample is what ./aidub demo dubs, and what the engines that need no server carry well; farm is harder for them, and what tests measure.
set -euo pipefail
cd "$(dirname "$0")"
name=${1:?which one: sample or farm}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Seconds of silence before each sentence.
pauses=(1.5 0.9 0.8 0.8 1.2 1.5 1.0 1.2 0.9)
inputs=()
graph=""
mix=""
at=0
n=0
while IFS= read -r line; do
  printf '%s' "$line" > "$work/$n.txt"
  ffmpeg -nostdin -v error -f lavfi -i "flite=textfile=$work/$n.txt:voice=rms" -ar 48000 "$work/$n.wav"
  seconds=$(ffprobe -v error -show_entries format=duration -of csv=p=0 "$work/$n.wav")
  at=$(awk "BEGIN { print $at + ${pauses[$n]} }")
  inputs+=(-i "$work/$n.wav")
  graph+="[$n:a]adelay=$(awk "BEGIN { printf \"%d\", $at * 1000 }"):all=1[s$n];"
  mix+="[s$n]"
  at=$(awk "BEGIN { print $at + $seconds }")
  n=$((n + 1))
done < "$name.txt"
length=$(awk "BEGIN { printf \"%d\", $at + 2 }")

loud=0.002
[ "$name" != farm ] || loud=0.006
chords="$loud*(sin(2*PI*220*t)+sin(2*PI*277.2*t)+sin(2*PI*329.6*t))*(0.6+0.4*sin(2*PI*t/4))"
chords+="+$loud*(sin(2*PI*110*t)+sin(2*PI*164.8*t))*(0.6+0.4*cos(2*PI*t/8))"
ffmpeg -v error -y "${inputs[@]}" \
  -f lavfi -t "$length" -i "aevalsrc=exprs='$chords':s=48000" \
  -f lavfi -t "$length" -i "testsrc2=size=480x270:rate=25" \
  -filter_complex "${graph}${mix}[$n:a]amix=inputs=$((n + 1)):normalize=0,volume=0.8,pan=stereo|c0=c0|c1=c0[a]" \
  -map "$((n + 1)):v" -map "[a]" -t "$length" \
  -c:v libx264 -preset slow -crf 39 -pix_fmt yuv420p -c:a aac -b:a 80k -metadata:s:a:0 language=eng \
  -movflags +faststart -fflags +bitexact "$name.mp4"
ls -l "$name.mp4"
