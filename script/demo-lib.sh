# shellcheck shell=bash
#
# demo-lib.sh
#		Where the demo lives, and how it ends.
#
# Sourced by script/demo and script/demo-stop, after lib.sh.  Everything of
# the demo is in one directory: the copy of the tree, the private server, the
# cluster, the simulator's address, and the ids of both processes.

if am_root; then
	demo_default=/var/lib/datazone-demo
else
	demo_default=${XDG_STATE_HOME:-$HOME/.local/state}/datazone-demo
fi
demo=${DATAZONE_DEMO:-$demo_default}
demo_mark=$demo/this-is-the-datazone-demo

# Print the pid in file $1 if that process is the demo's own: what link $2 of
# /proc/PID names, or its command line, lies in the demo's directory.
demo_pid()
{
	local pid

	pid=$(sed -n 1p "$1" 2>/dev/null) || return 0
	case $pid in
		'' | *[!0-9]*) return 0 ;;
	esac
	case $(readlink "/proc/$pid/exe" 2>/dev/null) in
		"$demo"/server/*) echo "$pid" ;;
		*)
			if tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline" |
				grep -q -x -F "$demo/src/test/simulator/datazone_simulator.py"; then
				echo "$pid"
			fi
			;;
	esac
}

# End process $1 by signal $2, or by force after half a minute.
end_process()
{
	local deadline=$((SECONDS + 30))

	[ -n "$1" ] || return 0
	kill -s "$2" "$1" 2>/dev/null || return 0
	while kill -0 "$1" 2>/dev/null; do
		if [ "$SECONDS" -gt "$deadline" ]; then
			kill -s KILL "$1" 2>/dev/null || true
			return 0
		fi
		sleep 0.1
	done
}

# End both processes and remove the directory.  Touches nothing that the demo
# did not make.
remove_demo()
{
	[ -e "$demo" ] || return 0
	[ -e "$demo_mark" ] || die "$demo exists and is not a demo's directory"
	# What is about to be removed needs no checkpoint: the immediate stop.
	end_process "$(demo_pid "$demo/data/postmaster.pid")" QUIT
	end_process "$(demo_pid "$demo/simulator.pid")" TERM
	if [ -s "$demo/sockets" ]; then
		rm -rf "$(cat "$demo/sockets")"
	fi
	rm -rf "$demo"
}
