# shellcheck shell=bash
#
# lib.sh
#		What the scripts of this directory share: words to the user, the
#		server to build for, private copies of tree and server.
#
# Sourced, never run.  Two rules hold everywhere.  PostgreSQL does not start
# as root, so under root everything that needs it runs as an unprivileged
# user, from a copy of the tree that this user owns: the clone itself may be
# readable by root alone.  And no PostgreSQL installation or cluster of the
# machine is changed: the extension is installed into a private prefix, a
# second view of the installed server (see private_server).

set -euo pipefail

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

# Words of an enclosing make, and settings of libpq, would change what our
# own commands do.
unset MAKEFLAGS MAKELEVEL MFLAGS CDPATH
unset PGHOST PGHOSTADDR PGPORT PGDATABASE PGUSER PGDATA PGSERVICE PGOPTIONS
umask 022

say()
{
	printf '%s\n' "$*" >&2
}

die()
{
	printf '%s: %s\n' "${0##*/}" "$*" >&2
	exit 1
}

am_root()
{
	[ "$(id -u)" = 0 ]
}

have_command()
{
	command -v "$1" >/dev/null 2>&1
}

# The user that PostgreSQL runs as: ourselves, or under root the owner that
# the distribution's packages made.
server_user()
{
	if ! am_root; then
		id -un
	elif id postgres >/dev/null 2>&1; then
		echo postgres
	else
		echo nobody
	fi
}

# Run a command as that user, in an environment without root's home.  The
# command replaces the shell, so use it in a subshell or as the last one.
exec_as_server_user()
{
	local user group

	user=$(server_user)
	if am_root; then
		group=$(id -g "$user")
		exec setpriv --reuid "$user" --regid "$group" --init-groups -- \
			env -u SUDO_USER -u SUDO_UID -u SUDO_GID -u SUDO_COMMAND \
			HOME=/nonexistent USER="$user" LOGNAME="$user" "$@"
	fi
	exec "$@"
}

as_server_user()
{
	(exec_as_server_user "$@")
}

# Is this pg_config's server 15 or later, with what building needs?
usable_pg_config()
{
	local major

	[ -x "$1" ] || return 1
	major=$("$1" --version 2>/dev/null |
		sed -n 's/^PostgreSQL \([0-9]*\).*/\1/p')
	[ "${major:-0}" -ge 15 ] &&
		[ -f "$("$1" --includedir-server)/postgres.h" ] &&
		[ -f "$("$1" --pgxs)" ] &&
		[ -x "$("$1" --bindir)/postgres" ]
}

# Print the pg_config to use: the one asked for, else the first in PATH, else
# the newest of Debian's layout.  Fails where there is none.
find_pg_config()
{
	local candidate

	if [ -n "${PG_CONFIG:-}" ]; then
		candidate=$(command -v "$PG_CONFIG") || return 1
		usable_pg_config "$candidate" && echo "$candidate"
		return
	fi
	for candidate in "$(command -v pg_config || true)" \
		$(ls -vr /usr/lib/postgresql/*/bin/pg_config 2>/dev/null); do
		if [ -n "$candidate" ] && usable_pg_config "$candidate"; then
			echo "$candidate"
			return
		fi
	done
	return 1
}

# Copy the working tree, without what a build or a test left in it, to the
# new directory $1.  Untracked files come along: what is being written now is
# what its author wants to test.
copy_tree()
{
	mkdir -p "$1"
	tar -C "$top" -cf - --exclude-vcs \
		--exclude=node_modules --exclude=__pycache__ --exclude=.deps \
		--exclude='*.o' --exclude='*.bc' --exclude='*.so' \
		--exclude=./results --exclude=./regression.'*' \
		--exclude=./tmp_check --exclude=./output_iso \
		--exclude='./build' --exclude='./test/*/build' . |
		tar -C "$1" --no-same-owner -xf -
}

# Public test data that lies beside a clone (DATAZONE_SHARED says where, if not
# in ../shared): some tests check more where it is present.  Copied to $1, for
# the same reason as the tree.
copy_shared_data()
{
	local shared=${DATAZONE_SHARED:-$top/../shared}

	if [ -d "$shared/data" ]; then
		mkdir -p "$1"
		cp -R "$shared/data" "$1/"
		export DATAZONE_SHARED=$1
	fi
}

# Give everything below $1 to the user that PostgreSQL runs as.
give_to_server_user()
{
	if am_root; then
		chown -R "$(server_user):" "$1"
	fi
}

# Make a directory for one run, named in "work", that goes away with this
# shell, or with the supervisor that replaces it.  Socket names have 107 bytes
# at most, so a long TMPDIR is passed over.
make_work_dir()
{
	local parent=${TMPDIR:-/tmp}

	if [ ${#parent} -gt 40 ] || [ ! -w "$parent" ]; then
		parent=/tmp
	fi
	work=$(mktemp -d "$parent/datazone.XXXXXX")
	trap 'rm -rf "$work"' EXIT
	chmod 755 "$work"
}

# Link each entry of directory $1 into $2$1.
link_entries()
{
	local entry

	mkdir -p "$2$1"
	for entry in "$1"/*; do
		[ -e "$entry" ] || continue
		ln -sfn "$entry" "$2$entry"
	done
}

# Make a private installation below $2 of the server that pg_config $1 tells
# of.  A PostgreSQL finds its files relative to its own program, symbolic
# links resolved; so the programs are copied, their libraries and data linked,
# and an extension installed with the private pg_config lands here and
# nowhere else.  Prints the private pg_config.
private_server()
{
	local pg_config=$1 prefix=$2 bindir sharedir pkglibdir includedir

	bindir=$("$pg_config" --bindir)
	sharedir=$("$pg_config" --sharedir)
	pkglibdir=$("$pg_config" --pkglibdir)
	includedir=$("$pg_config" --includedir)

	if [ ! -e "$prefix/complete" ]; then
		link_entries "$pkglibdir" "$prefix"
		link_entries "$sharedir" "$prefix"
		# These are links now, and an installation writes into them.
		rm -f "$prefix$sharedir/extension" "$prefix$pkglibdir/bitcode"
		link_entries "$sharedir/extension" "$prefix"
		link_entries "$pkglibdir/bitcode" "$prefix"
		# Where the machine has this extension, ours must not be written
		# through a link to that one's directory.
		rm -f "$prefix$pkglibdir"/{datazone.so,bitcode/datazone{,.index.bc}} \
			"$prefix$sharedir"/extension/datazone{.control,--*,_*}
		mkdir -p "$prefix$bindir" "$(dirname "$prefix$includedir")"
		cp -pR "$bindir/." "$prefix$bindir"
		[ -e "$prefix$includedir" ] || ln -s "$includedir" "$prefix$includedir"
		link_server_headers "$pg_config" "$prefix"
		touch "$prefix/complete"
	fi
	echo "$prefix$bindir/pg_config"
}

# The server's headers may lie outside the client's.
link_server_headers()
{
	local headers

	headers=$("$1" --includedir-server)
	if [ ! -e "$2$headers" ]; then
		mkdir -p "$(dirname "$2$headers")"
		ln -s "$headers" "$2$headers"
	fi
}

# Build the tree in $1 and install it with pg_config $2.  Further words go to
# make.
build_tree()
{
	local tree=$1 pg_config=$2

	shift 2
	make -C "$tree" -s -j"$(nproc)" PG_CONFIG="$pg_config" "$@" all &&
		make -C "$tree" -s PG_CONFIG="$pg_config" "$@" install >/dev/null
}

# Do a whole goal: set up, copy the tree to a new work directory, and let
# test/run/all of the copy build and go on, as the user that PostgreSQL runs
# as and under supervision.  Does not return.
run_copy()
{
	local goal=$1

	"$top/script/setup" "$goal"
	PG_CONFIG=$(find_pg_config) || die "script/setup found no PostgreSQL"
	export PG_CONFIG
	make_work_dir
	copy_tree "$work/src"
	case $goal in
		test | stress | bench)
			"$top/script/sdk" "$work/src/test/conformance" ||
				say "the official SDK was not installed: what needs it will fail"
			copy_shared_data "$work/shared"
			;;
	esac
	give_to_server_user "$work"
	[ -z "${KEEP:-}" ] || say "this run is kept in $work"
	cd "$work"
	exec_as_server_user python3 -B "$work/src/test/run/supervise.py" \
		--remove "$work" -- bash "$work/src/test/run/all" "$work" "$goal"
}
