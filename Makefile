# datazone: a PostgreSQL extension that bridges SQL and Amazon DataZone.
#
#   make && make install     build and install with PGXS (PG_CONFIG=... picks a server)
#   make test                everything a fresh machine needs, then every test
#   make demo                a guided psql session against the simulator; make demo-stop removes it
#   make lint                layout and static checks
#   make bench               benchmarks, as ratios within one run
#   make stress              the long tests
#   make matrix              every test on the other PostgreSQL majors (root, Debian)
#
# The last six go through script/setup, which installs what is missing.

EXTENSION = datazone
EXTVERSION = 1.0
MODULE_big = datazone
DATA = datazone--1.0.sql script/datazone_create_mapping.sql

SOURCES = $(wildcard src/*.c src/*/*.c)
OBJS = $(SOURCES:.c=.o)
ROOM_FACES = $(wildcard src/*.h src/*/*.h)

# PostgreSQL's own headers have unused parameters; all else of -Wextra holds.
PG_CPPFLAGS = -I$(srcdir)/src -DDZ_VERSION='"$(EXTVERSION)"' -Wall -Wextra -Wno-unused-parameter
SHLIB_LINK = -lcurl -lssl -lcrypto

# What needs no server headers is here too, so that a bare machine can run
# these before PostgreSQL is installed.
SETUP_GOALS = test demo demo-stop lint bench stress matrix
ifneq ($(filter $(SETUP_GOALS),$(MAKECMDGOALS)),)

.PHONY: $(SETUP_GOALS)
$(SETUP_GOALS):
	@script/$@

else

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

$(OBJS): $(ROOM_FACES)

endif
