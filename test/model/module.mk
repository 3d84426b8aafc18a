# The request builder and the tables as a module of their own, which needs no
# server, credentials or network: see requests.c.
#
# module and MODEL_DATA make a module with another table, so that other models
# go through the same code.

src = ../../src
module ?= requests
MODEL_DATA ?= $(src)/api/model_data.c

ROOM_SOURCES = nearest api/model api/params api/path api/jsontext api/members \
	api/scalar api/request api/request_body api/request_headers \
	api/request_uri api/lineage_event api/value api/value_any \
	api/value_header \
	aws/buffer aws/errorcode aws/reply aws/timestamp aws/uri aws/uuid \
	net/json

MODULE_big = $(module)
OBJS = requests.o reader.o replies.o transfer.o $(module)_model.o \
	$(ROOM_SOURCES:%=obj/%.o)
PG_CPPFLAGS = -I$(src) -Wall -Wextra -Wno-unused-parameter

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

compile = $(CC) $(CFLAGS) $(CFLAGS_SL) $(CPPFLAGS) -c $< -o $@

headers = $(wildcard $(src)/*.h $(src)/*/*.h)

requests.o reader.o replies.o transfer.o: $(headers) transfer.h

$(module)_model.o: $(MODEL_DATA) $(headers)
	$(compile)

obj/%.o: $(src)/%.c $(headers)
	@mkdir -p $(dir $@)
	$(compile)
