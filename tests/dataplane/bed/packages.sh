# shellcheck shell=bash
# Debian packages of the bed, installed only when one is missing.
readonly PACKAGES='iproute2 wireguard-go wireguard-tools dnsmasq-base busybox udhcpc bind9-dnsutils iptables nftables tcpdump conntrack socat curl jq openssl procps libcap2-bin iputils-ping util-linux libfaketime'
# The real applications of the client charms. Without them only their own cases fail, which say why.
readonly CLIENT_PACKAGES='qbittorrent-nox sabnzbdplus'

missing_packages() { # NAME…
  local name
  for name in "$@"; do
    dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null | grep -qx installed || printf '%s ' "$name"
  done
}

# apt_install NAME…: without the services that a package would start, which are not part of the bed.
apt_install() {
  local policy=/usr/sbin/policy-rc.d own=no result
  if [[ ! -e $policy ]]; then
    own=yes
    printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy"
  fi
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
  result=$?
  [[ $own == no ]] || rm -f "$policy"
  return "$result"
}

install_packages() {
  local list
  # shellcheck disable=SC2086 # one word a package
  read -ra list <<<"$(missing_packages $PACKAGES)"
  ((${#list[@]} == 0)) || apt_install "${list[@]}" || return 1
  install_clients
}

# install_clients: sabnzbdplus and the unrar that it needs are in components that most machines have not switched on. Meanwhile there are sources with those,
# made from the machine's own. What stands in the way is kept for the cases.
install_clients() {
  local sources=/etc/apt/sources.list.d/dataplane-bed name
  export CLIENTS_FAULT=''
  # shellcheck disable=SC2086 # one word a package
  [[ -n $(missing_packages $CLIENT_PACKAGES) ]] || return 0
  CLIENTS_FAULT=$(
    # Another run may be at it.
    exec 9>/run/lock/dataplane-bed
    flock -w 300 9
    trap 'rm -f "$sources.sources" "$sources.list"' EXIT
    further_sources "$sources"
    # shellcheck disable=SC2086
    for name in $(missing_packages $CLIENT_PACKAGES); do apt_install "$name" 2>&1 | tail -n 3; done
  )
}

# further_sources FILE: FILE.sources and FILE.list, the two forms in which a machine names its sources.
further_sources() {
  local component='contrib non-free' files
  if grep -qx 'ID=ubuntu' /etc/os-release; then component=multiverse; fi
  mapfile -t files < <(find /etc/apt/sources.list.d -name '*.sources' ! -path "$1.*")
  ((${#files[@]} == 0)) || awk -v RS= -v ORS='\n\n' -v "component=$component" \
    '/(^|\n)Components:[^\n]*[ \t]main([ \t\n]|$)/ {sub(/Components:[^\n]*/, "Components: " component); print}' "${files[@]}" >"$1.sources"
  mapfile -t files < <(find /etc/apt/sources.list /etc/apt/sources.list.d -name '*.list' ! -path "$1.*" 2>/dev/null)
  ((${#files[@]} == 0)) || sed -n -E "s/^(deb +(\[[^]]*\] +)?[^ ]+ +[^ ]+) +(.* )?main( .*)?\$/\1 $component/p" "${files[@]}" >"$1.list"
}
