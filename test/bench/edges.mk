# Benchmark module: see edges_bench.c.  It is made of the extension's own
# object files, which have been built before: the edges room.

SOURCES = ../../src/subtransaction.c $(wildcard ../../src/edges/*.c)

MODULE_big = edges_bench
OBJS = edges_bench.o $(SOURCES:.c=.o)
PG_CPPFLAGS = -I../../src -Wall -Wextra -Wno-unused-parameter -Wno-sign-compare

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

edges_bench.o: $(wildcard ../../src/*.h ../../src/*/*.h)
edges_bench.so: edges.mk
