# shellcheck shell=bash
# shellcheck disable=SC2034 # the bed reads POD_MTU
group "the pods' uplinks have 1280 to 9000 bytes: 64 MB each way"
need_no_pods

head -c 67108864 /dev/urandom >"$BED/payload"
sum=$(sha256sum <"$BED/payload")
sum=${sum%% *}
service dp-web socat -b 65536 -U TCP-LISTEN:8102,fork,reuseaddr "OPEN:$BED/payload"
service dp-web socat -b 65536 TCP-LISTEN:8103,fork,reuseaddr SYSTEM:sha256sum
service dp-web socat UDP4-LISTEN:8104,fork,reuseaddr EXEC:cat

# In the network of the pod, with its rules, but with the bed's own files.
download() { inside dp-sabnzbd timeout 30 socat -b 65536 -u "TCP:$WEB:8102" - | head -c "$1" | sha256sum; }
upload() { head -c "$1" "$BED/payload" | inside dp-sabnzbd timeout 30 socat -b 65536 -t 10 - "TCP:$WEB:8103"; }
arrives() { [[ $("$1" 67108864) == "$sum "* ]]; }
first_megabytes() { [[ $("$1" 4194304) == "$(head -c 4194304 "$BED/payload" | sha256sum | cut -d' ' -f1) "* ]]; }

# Datagrams that are larger than every link; the first may teach a sender the size of the path.
echoes() { [[ $(head -c "$1" "$BED/payload" | inside dp-sabnzbd socat -b 65536 -t 1 - "UDP4:$WEB:8104" | sha256sum) == "$(head -c "$1" "$BED/payload" | sha256sum)" ]]; }

lose_icmp() { # -A|-D: somebody on the way drops what says that a packet was too big
  local pod
  for pod in web inet sabnzbd gateway; do
    inside "dp-$pod" iptables -t raw "$1" PREROUTING -p icmp --icmp-type fragmentation-needed -j DROP
    inside "dp-$pod" iptables -t raw "$1" OUTPUT -p icmp --icmp-type fragmentation-needed -j DROP
  done
}

forget_sizes() { for pod in web sabnzbd gateway; do ip -n "dp-$pod" route flush cache; done; }

try_uplink() { # BYTES
  local began
  POD_MTU=$1
  check "$1: the gateway starts" start_gateway
  check "$1: the client starts" start_client
  check "$1: the verdict becomes ok" wait_until 30 verdict_is sabnzbd '200 ok:*'
  check_equal "$1: the overlay fits the uplink and the tunnel" "$((($1 - 80) < 1320 ? $1 - 80 : 1320))" "$(inside dp-sabnzbd cat /sys/class/net/vxlan0/mtu)"
  began=${EPOCHREALTIME/./}
  check "$1: 64 MB from the Internet are complete" arrives download
  printf '      %s ms\n' "$(since "$began")"
  began=${EPOCHREALTIME/./}
  check "$1: 64 MB to the Internet are complete" arrives upload
  printf '      %s ms\n' "$(since "$began")"
  check "$1: a datagram of 4000 bytes and its echo" wait_until 5 echoes 4000
  lose_icmp -A
  forget_sizes
  check "$1: without ICMP, from the Internet" first_megabytes download
  check "$1: without ICMP, to the Internet" first_megabytes upload
  lose_icmp -D
  need_no_pods
}

meter_reset
for bytes in 1280 1420 1450 1500 9000; do try_uplink "$bytes"; done
POD_MTU=
# A piece of the tunnel's packets, but for the first, has no port by which the witness knows it: none is there, because the overlay leaves room for the tunnel.
check_tight 'with every size of the uplink, and in one piece'
rm -f "$BED/payload"
