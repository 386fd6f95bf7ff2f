# shellcheck shell=bash
# What the bed reads in the charm's Kubernetes objects, as lines of text in a folder; made once for a file, because pods start again and again.

# What containerd gives to a container that asks for nothing.
readonly DEFAULT_CAPABILITIES='chown dac_override fsetid fowner mknod net_raw setgid setuid setfcap setpcap net_bind_service sys_chroot kill audit_write'

# shellcheck disable=SC2016 # variables of jq
readonly POD_PARTS='
  def parts: (.securityContext // {}) as $context | ($context.capabilities // {}) as $rights
    | (if $context.privileged then "+all"
       else ["-all"] + (if ($rights.drop // [] | index("ALL")) then [] else $default | split(" ") | map("+" + .) end)
         + ($rights.add // [] | map("+" + ascii_downcase)) | join(",") end | "rights \(.)"),
      "privileged \($context.privileged // false)",
      (.volumeMounts // [] | .[] | "mount \(.name) \(.mountPath) \(.subPath // "-") \(if .readOnly then "ro" else "rw" end)"),
      (.env // [] | .[] | "env \(.name)=\(.value)"),
      ((.command // []) + (.args // []) | .[] | "word \(.)");
  .statefulSet.spec.template.spec
  | ([.initContainers[]?.name] | "init \(join(" "))"),
    ([.containers[] | select(.command) | .name] | "sidecars \(join(" "))"),
    "volume \(.volumes[] | select(.configMap) | .name)",
    ([.initContainers[]?, .containers[], {name: "plain"}] | .[] | "container \(.name)", parts)'

# describe OBJECTS: prints the folder.
describe() {
  local folder=${1%.json}.described
  if [[ ! $folder -nt $1 ]]; then
    rm -rf "$folder"
    mkdir -p "$folder/config"
    jq -r --arg default "$DEFAULT_CAPABILITIES" "$POD_PARTS" "$1" | write_description "$folder"
    write_config "$1" "$folder/config"
  fi
  printf '%s\n' "$folder"
}

write_description() { # FOLDER
  local kind text container=
  while read -r kind text; do
    case $kind in
      init | sidecars | volume) printf '%s\n' "$text" >"$1/$kind" ;;
      container) container=$text ;;
      *) printf '%s\n' "$text" >>"$1/$container.$kind" ;;
    esac
  done
}

write_config() { # OBJECTS FOLDER
  local key text
  while IFS=$'\t' read -r key text; do base64 -d <<<"$text" >"$2/$key"; done \
    < <(jq -r '.configMap.data | to_entries[] | "\(.key)\t\(.value | @base64)"' "$1")
}

# described POD PART: `init`, `sidecars` or `volume`.
described() { cat "$BED/pods/$1/described/$2"; }

# container_parts POD CONTAINER KIND: lines; those of a container without rights for one that the objects do not have.
container_parts() {
  local file=$BED/pods/$1/described/$2.$3
  [[ -e $BED/pods/$1/described/$2.rights ]] || file=$BED/pods/$1/described/plain.$3
  [[ ! -e $file ]] || cat "$file"
}
