#!/usr/bin/env bash
# Ends the run of a delta image if the registry of the site lacks what the image needs.
# The registry is that of DELTA_REGISTRY (http://host:port) and DELTA_AUTH (user:password), which can be set with
# "sealos run -e". By default, it is that of the image-cri-shim of this host (file DELTA_SHIM), or of sealos.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
needs=needs
accept='application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json'
accept="$accept, application/vnd.docker.distribution.manifest.list.v2+json"
accept="$accept, application/vnd.docker.distribution.manifest.v2+json"

fail() {
  printf 'sealos delta: %s\n' "$@" >&2
  exit 1
}

# value FILE KEY: the value of a key at the first level of a YAML file, plain or in quotes
value() {
  local quote="'"
  sed -n "s/^$2:[[:space:]]*//p" "$1" 2>/dev/null | head -n 1 | sed -E "
    /^$quote/ {
      s/^$quote(([^$quote]|$quote$quote)*)$quote.*/\\1/
      s/$quote$quote/$quote/g
      b
    }
    /^\"/ {
      s/^\"(([^\"\\]|\\\\.)*)\".*/\\1/
      s/\\\\([\"\\/])/\\1/g
      b
    }
    s/(^|[[:space:]]+)#.*//
    s/[[:space:]]*\$//"
}

find_registry() {
  address=${DELTA_REGISTRY:-}
  auth=${DELTA_AUTH:-}
  local shim=${DELTA_SHIM:-/etc/image-cri-shim.yaml} settings=../../../../rootfs/etc/registry.yml
  if [ -z "$address" ] && [ -r "$shim" ]; then
    address=$(value "$shim" address)
    auth=${auth:-$(value "$shim" auth)}
  fi
  if [ -z "$address" ] && [ -r "$settings" ]; then
    address="http://$(value "$settings" domain):$(value "$settings" port)"
    auth=${auth:-$(value "$settings" username):$(value "$settings" password)}
  fi
  address=${address:-http://sealos.hub:5000}
  auth=${auth:-admin:passw0rd}
  address=${address%/}
  case $address in
    http://* | https://*) ;;
    *) address=http://$address ;;
  esac
}

# status PATH: the status of the registry's answer to HEAD; 000 if there is none
status() {
  if command -v curl >/dev/null 2>&1; then
    local escaped=${auth//\\/\\\\}
    printf 'user = "%s"\n' "${escaped//\"/\\\"}" | curl --silent --insecure --head --noproxy '*' --output /dev/null \
      --connect-timeout 10 --max-time 60 --write-out '%{http_code}' --header "Accept: $accept" --config - "$address$1"
    return
  fi
  case $address in
    https://*)
      printf tools
      return
      ;;
  esac
  local place=${address#http://} line=
  local authority=${place%%/*}
  local path=${place#"$authority"}$1 host=$authority port=80
  case ${authority##*]} in *:*) port=${authority##*:} host=${authority%:*} ;; esac
  host=${host#[}
  host=${host%]}
  {
    printf 'HEAD %s HTTP/1.0\r\nHost: %s\r\nAuthorization: Basic %s\r\nAccept: %s\r\n\r\n' \
      "$path" "$authority" "$(printf '%s' "$auth" | base64 | tr -d '\n')" "$accept" >&3
    read -r -t 60 _ line _ <&3
  } 2>/dev/null 3<>"/dev/tcp/$host/$port"
  printf '%s' "${line:-000}"
}

check() {
  local kind=$1 repository=$2 digest=$3 path=blobs answer
  [ "$kind" = manifest ] && path=manifests
  answer=$(status "/v2/$repository/$path/$digest")
  case $answer in
    2?? | 3??) return ;;
    404) ;;
    tools) fail "this host has no curl, which $address needs; install it and run the image again; nothing was run" ;;
    401 | 403) fail "the registry $address refuses the user ${auth%%:*} (status $answer); run the image again with" \
      "-e DELTA_AUTH=user:password; nothing was run" ;;
    000 | '') fail "the registry $address cannot be reached from this host; start it, or run the image again with" \
      "-e DELTA_REGISTRY=http://host:port; nothing was run" ;;
    *) fail "the registry $address answers $answer for $repository $digest; repair it and run the image again;" \
      "nothing was run" ;;
  esac
  if [ "$kind" = blob ]; then
    lacking=$((lacking + 1))
    first=${first:-$repository $digest}
  else
    absent=$((absent + 1))
    image=${image:-$repository $digest}
  fi
}

find_registry
bases= blobs=0 lacking=0 absent=0 first= image=
[ -r "$needs" ] || fail "the file $PWD/$needs cannot be read; nothing was run"
while read -r kind one two three; do
  case $kind in
    base) bases="$bases${bases:+, }$one${two:+ $two}" ;;
    blob) blobs=$((blobs + 1)) && check blob "$one" "$two" ;;
    manifest) [ "$lacking" -gt 0 ] || check manifest "$one" "$two" ;;
  esac
done <"$needs"
if [ "$lacking" -gt 0 ]; then
  fail "this image is a delta of $bases, but the registry $address lacks blobs that it needs ($lacking of $blobs)," \
    "such as $first; run the base image first and then this image again, or run the full image; nothing was run"
fi
if [ "$absent" -gt 0 ]; then
  fail "the registry $address has the base $bases, but images of this delta did not arrive ($absent), such as $image;" \
    "run this image again, and the full image if that fails; nothing was run"
fi
exit 0
