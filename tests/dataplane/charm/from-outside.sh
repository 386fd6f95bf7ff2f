# shellcheck shell=bash
# A forwarded port as somebody on the Internet tries it.

# listen POD PORT: says who asks, by TCP and by UDP.
listen() {
  exec_in "$1" app socat "TCP-LISTEN:$2,fork,reuseaddr" "SYSTEM:echo $1 \$SOCAT_PEERADDR" >/dev/null 2>&1 &
  exec_in "$1" app socat "UDP-LISTEN:$2,fork,reuseaddr" "SYSTEM:echo $1 \$SOCAT_PEERADDR" >/dev/null 2>&1 &
}

from_outside() { # PROTOCOL PORT
  echo hello | inside dp-web timeout 3 socat -t 2 - "$1:$VPN_EXIT:$2,shut-none" 2>/dev/null | head -n 1
}
answers_outside() { [[ $(from_outside "$1" "$2") == "$3 $WEB" ]]; } # PROTOCOL PORT POD
silent_outside() { [[ -z $(from_outside "$1" "$2") ]]; }

# reachable POD PORT OTHER-PORT: by both protocols there, and nowhere else.
reachable() {
  check "TCP from the outside reaches $1 on port $2, and it sees the caller" wait_until 15 answers_outside TCP "$2" "$1"
  check "UDP from the outside reaches $1 on port $2" wait_until 10 answers_outside UDP "$2" "$1"
  check "port $3 leads nowhere" silent_outside TCP "$3"
}
