# shellcheck shell=bash
# Debian packages of the bed, installed only when one is missing.
readonly PACKAGES='iproute2 wireguard-go wireguard-tools dnsmasq-base busybox udhcpc bind9-dnsutils iptables nftables tcpdump conntrack socat curl jq openssl procps libcap2-bin iputils-ping util-linux'

missing_packages() {
  local name
  for name in $PACKAGES; do
    dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null | grep -qx installed || printf '%s ' "$name"
  done
}

install_packages() {
  local missing list
  missing=$(missing_packages)
  [[ -n $missing ]] || return 0
  read -ra list <<<"$missing"
  # A service that a package starts would not be part of the bed.
  local policy=/usr/sbin/policy-rc.d own=no
  if [[ ! -e $policy ]]; then
    own=yes
    printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy"
  fi
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${list[@]}" >/dev/null
  local result=$?
  [[ $own == no ]] || rm -f "$policy"
  return "$result"
}
