/*-------------------------------------------------------------------------
 *
 * fetch_process.c
 *		Credentials that a command prints: credential_process.
 *
 * The command stands in a file of the host, and runs as the server's operating
 * system user, through a shell, as in other SDKs.  It is a stranger to the
 * server: it gets none of its descriptors, none of its signal handlers, no
 * input, and a process group of its own, which is killed if nobody waits for
 * its answer any more or if it takes too long.  What it says on its standard
 * error is thrown away, since it may hold anything.
 *
 * The child of a process with other threads (libcurl looks names up in one)
 * may only call what is safe in a signal handler until it has become the
 * shell; hence no palloc, no ereport, no stdio there.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

#include "storage/fd.h"
#include "storage/ipc.h"

#include "compat.h"
#include "credentials/fetch.h"

/* how long a command may take: one that asks a service needs seconds */
#define DEADLINE_US INT64CONST(60000000)

/* between looks whether it has exited, once its output has ended */
#define EXIT_LOOK_US 10000

/* looks whether one that was killed is gone: 100 ms */
#define END_LOOKS 100
#define END_LOOK_US 1000L

#define EXEC_FAILED 127
#define MAX_OTHER_FDS 65536

/* children that this process has not waited for: killed when it exits */
#define MAX_CHILDREN 64
static int children[MAX_CHILDREN];
static bool is_killed[MAX_CHILDREN]; /* and did not go at once */
static bool exit_is_registered = false;

static void start_child(DzFetch *fetch, const char *command);
pg_noreturn static void run_child(const char *command, int out, int parent);
static void close_others(void);
static void note_child(int pid);
static bool has_room(void);
static void reap_children(void);
static void forget_child(int pid);
static void kill_children(int code, Datum arg);
static void end_child(int pid);
static void on_output(void *arg);
static void read_output(DzFetch *fetch);
static bool take_output(DzFetch *fetch);
static void await_exit(DzFetch *fetch);
static void judge_exit(DzFetch *fetch, int status);
static void on_deadline(DzFetch *fetch);

void
DzFetchProcess(DzFetch *fetch)
{
	DzProcessFetch *process = &fetch->process;

	start_child(fetch, fetch->source->plan.command);
	process->deadline_us = DzNowMonotonicUs() + DEADLINE_US;
	DzWatchSet(&process->watch, process->fd, on_output, fetch);
	DzFetchLater(fetch, DEADLINE_US, on_deadline);
}

/* ----------
 * The child
 * ----------
 */

/* Throws; then nothing is left. */
static void
start_child(DzFetch *fetch, const char *command)
{
	int ends[2];
	sigset_t all;
	sigset_t saved;
	pid_t pid;
	int parent = (int) getpid();

	if (!exit_is_registered)
	{
		on_proc_exit(kill_children, 0);
		exit_is_registered = true;
	}

	/* one that is not noted would outlive us */
	reap_children();
	if (!has_room())
		ereport(ERROR,
				(errcode(ERRCODE_CONFIGURATION_LIMIT_EXCEEDED),
				 errmsg("too many processes are under way"),
				 errdetail("This server process has %d.", MAX_CHILDREN)));
	if (pipe(ends) != 0)
		ereport(ERROR, (errcode_for_file_access(),
						errmsg("could not create a pipe: %m")));
	(void) fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	(void) fcntl(ends[0], F_SETFL, O_NONBLOCK);

	/* none of our handlers may run in the child */
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &saved);
	pid = fork();
	if (pid == 0)
		run_child(command, ends[1], parent);
	if (pid > 0)
		/* it does the same itself; whoever is first */
		(void) setpgid(pid, pid);
	sigprocmask(SIG_SETMASK, &saved, NULL);
	(void) close(ends[1]);

	if (pid < 0)
	{
		int error = errno;

		(void) close(ends[0]);
		errno = error;
		ereport(ERROR, (errcode(ERRCODE_SYSTEM_ERROR),
						errmsg("could not start a process: %m")));
	}
	fetch->process.pid = (int) pid;
	fetch->process.fd = ends[0];
	ReserveExternalFD();
	note_child((int) pid);
}

/* In the child; every signal is blocked. */
static void
run_child(const char *command, int out, int parent)
{
	int null;
	sigset_t none;

	(void) setpgid(0, 0);
#ifdef __linux__
	/* a server process that is killed cannot do it itself */
	(void) prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(EXEC_FAILED);
#endif
	for (int signum = 1; signum < NSIG; signum++)
		(void) signal(signum, SIG_DFL);

	null = open("/dev/null", O_RDWR);
	if (null < 0 || dup2(null, STDIN_FILENO) < 0 ||
		dup2(out, STDOUT_FILENO) < 0 || dup2(null, STDERR_FILENO) < 0)
		_exit(EXEC_FAILED);
	close_others();

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	(void) execl("/bin/sh", "sh", "-c", command, (char *) NULL);
	_exit(EXEC_FAILED);
}

/* No file and no socket of the server's is the command's. */
static void
close_others(void)
{
	struct rlimit limit;
	int max = MAX_OTHER_FDS;

#if defined(__linux__) && defined(SYS_close_range)
	if (syscall(SYS_close_range, 3U, ~0U, 0U) == 0)
		return;
#endif
	if (getrlimit(RLIMIT_NOFILE, &limit) == 0 &&
		limit.rlim_cur < (rlim_t) MAX_OTHER_FDS)
		max = (int) limit.rlim_cur;
	for (int fd = 3; fd < max; fd++)
		(void) close(fd);
}

static bool
has_room(void)
{
	for (int i = 0; i < MAX_CHILDREN; i++)
	{
		if (children[i] == 0)
			return true;
	}
	return false;
}

static void
note_child(int pid)
{
	for (int i = 0; i < MAX_CHILDREN; i++)
	{
		if (children[i] == 0)
		{
			children[i] = pid;
			return;
		}
	}
}

static void
forget_child(int pid)
{
	for (int i = 0; i < MAX_CHILDREN; i++)
	{
		if (children[i] == pid)
		{
			children[i] = 0;
			is_killed[i] = false;
		}
	}
}

/* At the end of this process, which nobody's memory context may see. */
static void
kill_children(int code, Datum arg)
{
	for (int i = 0; i < MAX_CHILDREN; i++)
	{
		if (children[i] != 0)
			end_child(children[i]);
	}
}

/*
 * Whatever it does: the group, since the shell may wait for others.  Mostly it
 * is gone in a moment; one that the kernel holds (a file system that hangs)
 * must not hold us, and is waited for when the next one starts.
 */
static void
end_child(int pid)
{
	siginfo_t info = {0};
	int waited;

	/* somebody else has waited for it: the number may be another's by now */
	if (waitid(P_PID, (id_t) pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0 &&
		errno == ECHILD)
	{
		forget_child(pid);
		return;
	}
	(void) kill(-pid, SIGKILL);
	(void) kill(pid, SIGKILL);
	for (int i = 0; i < END_LOOKS; i++)
	{
		waited = waitpid(pid, NULL, WNOHANG);
		if (waited == pid || (waited < 0 && errno == ECHILD))
		{
			forget_child(pid);
			return;
		}
		pg_usleep(END_LOOK_US);
	}
	for (int i = 0; i < MAX_CHILDREN; i++)
	{
		if (children[i] == pid)
			is_killed[i] = true;
	}
}

/* Wait for those that were killed and did not go at once. */
static void
reap_children(void)
{
	for (int i = 0; i < MAX_CHILDREN; i++)
	{
		int waited;

		if (!is_killed[i])
			continue;
		waited = waitpid(children[i], NULL, WNOHANG);
		if (waited == children[i] || (waited < 0 && errno == ECHILD))
			forget_child(children[i]);
	}
}

/* Whatever it does, it ends now.  Does not throw. */
void
DzFetchProcessStop(DzProcessFetch *process)
{
	DzWatchCancel(&process->watch);
	if (process->fd >= 0)
	{
		(void) close(process->fd);
		process->fd = -1;
		ReleaseExternalFD();
	}
	if (process->pid != 0)
	{
		end_child(process->pid);
		process->pid = 0;
	}
	DzBufferFree(&process->output);
}

/* ----------
 * Its answer
 * ----------
 */

static void
on_output(void *arg)
{
	DzFetchStep(arg, read_output);
}

static void
read_output(DzFetch *fetch)
{
	DzProcessFetch *process = &fetch->process;

	if (!take_output(fetch))
		return;

	/* its end: now it has to exit */
	DzWatchCancel(&process->watch);
	await_exit(fetch);
}

/* Read what there is.  False: more may come, or the fetch is over. */
static bool
take_output(DzFetch *fetch)
{
	DzProcessFetch *process = &fetch->process;
	DzBuffer *output = &process->output;

	for (;;)
	{
		ssize_t got;

		if (!DzBufferReserve(output, 4096))
			ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY),
							errmsg("out of memory for a process's output")));
		got = read(process->fd, output->data + output->len, 4096);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return false;
		output->len += got > 0 ? (size_t) got : 0;
		output->data[output->len] = '\0';
		if (got <= 0)
			return true;
		if (output->len > DZ_FETCH_MAX_ANSWER)
		{
			DzFetchFail(fetch, ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION, "",
						"The credential_process of profile \"%s\" printed "
						"more than %d bytes.",
						fetch->source->plan.profile, DZ_FETCH_MAX_ANSWER);
			return false;
		}
	}
}

/* Whoever closes its output has mostly exited already. */
static void
await_exit(DzFetch *fetch)
{
	DzProcessFetch *process = &fetch->process;
	int pid = process->pid;
	int status = -1;
	siginfo_t info = {0};

	/* not waited for yet, the number cannot become another process's */
	if (waitid(P_PID, (id_t) pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
		info.si_pid == 0)
	{
		if (DzNowMonotonicUs() >= process->deadline_us)
			on_deadline(fetch);
		else
			DzFetchLater(fetch, EXIT_LOOK_US, await_exit);
		return;
	}

	/* what it left behind in its group ends, too, while the number is ours */
	if (info.si_pid == pid)
		(void) kill(-pid, SIGKILL);
	while (waitpid(pid, &status, WNOHANG) < 0 && errno == EINTR)
		;
	forget_child(pid);
	process->pid = 0;
	judge_exit(fetch, status);
}

static void
judge_exit(DzFetch *fetch, int status)
{
	DzProcessFetch *process = &fetch->process;
	const char *profile = fetch->source->plan.profile;
	DzProblem problem = {0};

	DzTimerCancel(&fetch->timer);
	if (WIFSIGNALED(status))
		DzFetchFail(fetch, ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION,
					"Run it by hand as the server's operating system user.",
					"The credential_process of profile \"%s\" was ended by "
					"signal %d.",
					profile, WTERMSIG(status));
	else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		DzFetchFail(fetch, ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION,
					"Run it by hand as the server's operating system user.",
					"The credential_process of profile \"%s\" failed with "
					"exit status %d.",
					profile, WEXITSTATUS(status));
	else if (DzFetchReadJson(fetch, DZ_ANSWER_PROCESS, process->output.data,
							 process->output.len, &problem))
	{
		DzBufferFree(&process->output);
		DzFetchGotBase(fetch);
	}
	else
		DzFetchFailProblem(fetch, &problem);
}

static void
on_deadline(DzFetch *fetch)
{
	DzFetchFail(fetch, ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION,
				"Run it by hand as the server's operating system user.",
				"The credential_process of profile \"%s\" took longer than "
				"%d seconds.",
				fetch->source->plan.profile, (int) (DEADLINE_US / 1000000));
}
