# The request builder and the tables as a module of their own, which needs no
# server, credentials or network: see requests.c.
#
# MODEL_DATA is the generated table to build with, so that other models go
# through the same code.

src = ../../src
MODEL_DATA ?= $(src)/api/model_data.c

ROOM_SOURCES = nearest api/model api/path api/jsontext api/members \
	api/scalar api/request api/request_body api/request_uri \
	api/lineage_event api/value api/value_header \
	aws/buffer aws/timestamp aws/uri net/guard net/json

MODULE_big = requests
OBJS = requests.o model_data.o $(ROOM_SOURCES:%=obj/%.o)
SHLIB_LINK = -ljansson
PG_CPPFLAGS = -I$(src) -Wall -Wextra -Wno-unused-parameter -Wno-sign-compare

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

compile = $(CC) $(CFLAGS) $(CFLAGS_SL) $(CPPFLAGS) -c $< -o $@

model_data.o: $(MODEL_DATA)
	$(compile)

obj/%.o: $(src)/%.c $(wildcard $(src)/*.h $(src)/*/*.h)
	@mkdir -p $(dir $@)
	$(compile)
