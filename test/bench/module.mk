# Benchmark module: see request_bench.c.  It is made of the extension's own
# object files, which have been built before: the API room and all below it.

SOURCES = $(wildcard ../../src/*.c ../../src/api/*.c ../../src/aws/*.c \
	../../src/net/*.c ../../src/shared/*.c)

MODULE_big = request_bench
OBJS = request_bench.o $(filter-out %/datazone.o,$(SOURCES:.c=.o))
PG_CPPFLAGS = -I../../src -Wall -Wextra -Wno-unused-parameter -Wno-sign-compare
SHLIB_LINK = -lcurl -ljansson -lcrypto -lm

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

request_bench.o: $(wildcard ../../src/*/*.h)
request_bench.so: module.mk
