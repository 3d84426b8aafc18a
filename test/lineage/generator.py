"""Random queries over twenty tables, the same for the same seed.

What may be done with a value is said in twenty_tables.sql: it is compared,
looked at modulo a small number, or made negative.  No result depends on
which of two equal rows comes first.  "size" is about how many rows there may
be: it keeps queries quick, and counts smaller than any column's value.
"""

import random

TABLES, COLUMNS, ROWS = 20, 6, 3
MOST_ROWS = 200


class Values:
    """Makes expressions; "scope" is a list of columns that may be used."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.names = 0

    def query(self, depth, outer, count):
        """Return (query with so many outputs, size)."""
        raise NotImplementedError

    def name(self, letter):
        """Return a name that nothing has."""
        self.names += 1
        return f"{letter}{self.names}"

    def chance(self, probability):
        """Say yes that often."""
        return self.random.random() < probability

    def one_of(self, *forms):
        """Choose a function and return what it makes."""
        return self.random.choice(forms)()

    def columns(self, scope, count):
        """Return so many columns of the relations in scope."""
        return [self.random.choice(scope) for _ in range(count)]

    def table(self):
        """Return a table's name and an alias."""
        return f"r{self.random.randrange(TABLES)}", self.name("e")

    def scalar(self, scope, depth):
        """Return a sub-query of one value, or one over a table."""
        if depth == 0:
            table, alias = self.table()
            column = self.random.randrange(COLUMNS)
            inner = scope + [f"{alias}.c{n}" for n in range(COLUMNS)]
            return (f"(SELECT min(-abs({alias}.c{column})) FROM {table} "
                    f"{alias} WHERE {self.comparison(inner)})")
        inner, _ = self.query(depth - 1, scope, 1)
        if self.chance(0.5):
            return f"(SELECT min(-abs(k)) FROM ({inner}) AS q (k))"
        return f"(SELECT k FROM ({inner}) AS q (k) ORDER BY k LIMIT 1)"

    def value(self, scope, depth):
        """Return an expression that computes something negative."""
        one, two, three = self.columns(scope, 3)
        forms = [
            lambda: f"-abs({one})",
            lambda: f"-abs({one} % 7 + {two} % 5)",
            lambda: f"-abs(coalesce({one}, {two}))",
            lambda: f"-greatest(abs({one}), abs({two}), 1)",
            lambda: f"CASE WHEN {self.condition(scope, 0)} THEN -abs({one}) "
                    f"ELSE -abs({two}) END",
            lambda: f"CASE {one} % 3 WHEN {three} % 2 THEN -abs({two}) END",
            lambda: f"-abs(nullif({one}, {two}))",
            lambda: f"-abs((ARRAY[{one}, {two}])[1 + abs({three} % 2)])",
            lambda: f"-({self.condition(scope, depth)})::int",
            lambda: f"-abs((to_json(ROW({one}, {two})) ->> 'f2')::int)",
        ]
        if depth > 0:
            forms.append(lambda: f"-abs({self.scalar(scope, depth)})")
        return self.one_of(*forms)

    def comparison(self, scope):
        """Return a condition without a sub-query."""
        one, two, three, four = self.columns(scope, 4)
        modulus = self.random.choice([2, 3, 4, 5, 6, 7])
        return self.random.choice([
            f"{one} % {modulus} <> 1", f"{one} % 3 >= {two} % 3",
            f"({one} % 2 = 0 OR {two} > {three})", f"{one} IS NOT NULL",
            f"{one} < {two}", f"{one} IS DISTINCT FROM {two}",
            f"({one}, {two}) <= ({three}, {four})",
            f"{one} % 3 IN (0, {two} % 3)",
            f"NOT ({one} BETWEEN {two} AND {three})",
            f"CASE WHEN {one} % 2 = 0 THEN {two} % 3 > 0 ELSE true END",
            f"abs({one} % 5) = ANY (ARRAY[0, 1, abs({two} % 5)])"])

    def condition(self, scope, depth):
        """Return a condition that is true of many rows."""
        if depth == 0 or self.chance(0.6):
            return self.comparison(scope)
        one, two = self.columns(scope, 2)
        inner, _ = self.query(depth - 1, scope, 1)
        table, alias = self.table()
        columns = [f"{alias}.c{n}" for n in range(COLUMNS)]
        return self.random.choice([
            f"EXISTS ({inner})", f"NOT EXISTS (SELECT FROM {table} {alias} "
            f"WHERE {self.comparison(scope + columns)})",
            f"{one} IN ({inner})", f"{one} >= ALL ({inner})",
            f"({one} % 3, {two} % 2) IN (SELECT {columns[0]} % 3, "
            f"{columns[1]} % 2 FROM {table} {alias})",
            f"{one} <> ALL (ARRAY({inner}))",
            f"{one} > {self.scalar(scope, 0)}"])

    def window(self, scope):
        """Return what stands between the parentheses of a window."""
        one, two = self.columns(scope, 2)
        parts = []
        if self.chance(0.6):
            parts.append(f"PARTITION BY {one} % 2")
        parts.append(f"ORDER BY {two}")
        if self.chance(0.3):
            table, alias = self.table()
            offset = self.random.choice([
                "1", f"(SELECT max(abs({alias}.c3 % 3)) FROM {table} {alias})"])
            parts.append(f"GROUPS BETWEEN {offset} PRECEDING AND CURRENT ROW")
        return " ".join(parts)

    def window_value(self, scope, over):
        """Return a window function's value, negative."""
        one = self.random.choice(scope)
        only = (f" FILTER (WHERE {self.comparison(scope)})"
                if self.chance(0.3) else "")
        return self.random.choice([
            f"-rank() OVER {over}", f"-dense_rank() OVER {over}",
            f"-count(*){only} OVER {over}",
            f"-abs(min({one}){only} OVER {over})",
            f"-abs(max({one}){only} OVER {over})"]) + "::int"

    def aggregate(self, scope):
        """Return an aggregate's value, negative."""
        one, two = self.columns(scope, 2)
        text = self.random.choice([
            f"min(-abs({one}))", f"max({one})", f"count({one})",
            f"count(DISTINCT {one})",
            f"percentile_disc(0.5) WITHIN GROUP (ORDER BY {one})"])
        if self.chance(0.3):
            text += f" FILTER (WHERE {self.condition(scope, 0)})"
        return self.random.choice([
            f"-abs({text})::int", f"-abs({text})::int",
            f"-abs((array_agg({one} ORDER BY {two}, {one}))[1])"])


class Generator(Values):
    """Makes queries; all outputs are integers with names of their own."""

    def relation(self, depth, outer):
        """Return (text for FROM, its columns, size)."""
        alias = self.name("s")
        if depth > 0 and self.chance(0.4):
            count = self.random.randint(1, 3)
            lateral = bool(outer) and self.chance(0.4)
            inner, size = self.query(depth - 1, outer if lateral else [],
                                     count)
            names = [f"k{i}" for i in range(count)]
            return (f"{'LATERAL ' if lateral else ''}({inner}) "
                    f"AS {alias} ({', '.join(names)})",
                    [f"{alias}.{name}" for name in names], size)
        if outer and self.chance(0.2):
            return self.beside(alias, outer)
        table, _ = self.table()
        if self.chance(0.1):
            names = [f"x{i}" for i in range(COLUMNS)]
            return (f"{table} AS {alias} ({', '.join(names)})",
                    [f"{alias}.{name}" for name in names], ROWS)
        sample = " TABLESAMPLE bernoulli (100)" if self.chance(0.05) else ""
        scope = [f"{alias}.c{i}" for i in range(COLUMNS)]
        if self.chance(0.1):
            scope += [f"({alias}).c1", f"-({alias} IS NULL)::int",
                      f"-abs((to_json({alias}) ->> 'c2')::int)"]
        return f"{table} AS {alias}{sample}", scope, ROWS

    def beside(self, alias, outer):
        """Return a relation that is computed from each row of others."""
        one, two, three = self.columns(outer, 3)
        text, names, size = self.random.choice([
            (f"LATERAL (VALUES ({one}, {two}), ({three}, -abs({one})))",
             ["k0", "k1"], 2),
            (f"unnest(ARRAY[-abs({one}), -abs({two})])", ["k0"], 2),
            (f"generate_series(0, abs({one} % 3))", ["k0"], 2),
            (f"ROWS FROM (unnest(ARRAY[-abs({one})]), "
             f"generate_series(1, abs({two} % 2))) WITH ORDINALITY",
             ["k0", "k1", "k2"], 1),
            (f"LATERAL jsonb_to_record(jsonb_build_object('k0', -abs({one}), "
             f"'k1', -abs({two})))", ["k0 int", "k1 int"], 1)])
        return (f"{text} AS {alias} ({', '.join(names)})",
                [f"{alias}.{name.split()[0]}" for name in names], size)

    def source(self, depth, outer):
        """Return (text behind FROM, the columns in scope, size)."""
        text, scope, size = self.relation(depth, outer)
        for _ in range(self.random.choice([0, 0, 1, 1, 2])):
            kind = self.random.choice(
                ["JOIN", "LEFT JOIN", "RIGHT JOIN", "CROSS JOIN", "FULL JOIN"])
            # only these let the right side see the left one
            visible = scope if kind[0] in "JLC" else []
            right, columns, right_size = self.relation(depth, visible)
            if size * right_size > MOST_ROWS:
                break
            size *= right_size
            one, two = self.random.choice(scope), self.random.choice(columns)
            text += f" {kind} {right}"
            if kind == "CROSS JOIN":
                pass
            elif kind == "FULL JOIN" or self.chance(0.6):
                text += f" ON {one} % 3 = {two} % 3"
            else:
                text += f" ON {self.condition(scope + columns, 0)}"
            scope = scope + columns
        if self.chance(0.1):
            return self.using(text, scope, size)
        return text, scope, size

    def using(self, text, scope, size):
        """Join two sub-queries by their common column, and more."""
        one, two, joined, key = (self.name(letter) for letter in "ssjk")
        sides = [f"(SELECT c0 % 3 AS {key}, c1 FROM "
                 f"r{self.random.randrange(TABLES)}) AS {alias} ({key}, x{n})"
                 for n, alias in enumerate((one, two))]
        kind = self.random.choice(["JOIN", "LEFT JOIN", "RIGHT JOIN",
                                   "FULL JOIN"])
        columns = [f"{one}.x0", f"{two}.x1"]
        if size * ROWS > MOST_ROWS or self.chance(0.5):
            return (f"{sides[0]} NATURAL {kind} {sides[1]}",
                    columns + [f"-abs({key})"], ROWS)
        return (f"{text} CROSS JOIN ({sides[0]} {kind} {sides[1]} "
                f"USING ({key}) AS {joined})",
                scope + columns + [f"-abs({joined}.{key})"], size * ROWS)

    def query(self, depth, outer, count):
        """Return (query with so many outputs, size); "outer" is visible."""
        kind = self.random.random()
        if depth > 0 and kind < 0.1:
            return self.with_query(depth, count)
        if depth > 0 and kind < 0.14:
            return self.recursive(count)
        if depth > 0 and kind < 0.28:
            return self.set_operation(depth, outer, count)
        text, scope, size = self.source(depth, outer)
        visible = scope + outer
        where = (f" WHERE {self.condition(visible, depth)}"
                 if self.chance(0.5) else "")
        if self.chance(0.25):
            return self.grouped(f"FROM {text}{where}", scope, count), size
        name = self.name("v")
        window = self.window(scope) if self.chance(0.2) else ""
        over = name if window else f"({self.window(scope)})"
        outputs = [self.output(scope, visible, depth, over)
                   for _ in range(count)]
        behind = f"FROM {text}{where}"
        if window:
            behind += f" WINDOW {name} AS ({window})"
        return self.ordered(outputs, behind, scope), size

    def ordered(self, outputs, behind, scope):
        """Return SELECT with DISTINCT, ORDER BY, LIMIT, or none of them."""
        everything = ", ".join(str(i + 1) for i in range(len(outputs)))
        key = self.random.choice(scope)
        kind = self.random.random()
        select = f"SELECT {', '.join(outputs)} {behind}"
        if kind < 0.1:
            return (f"SELECT DISTINCT {', '.join(outputs)} {behind}"
                    + (f" ORDER BY {everything}" if self.chance(0.3) else ""))
        if kind < 0.15:
            return (f"SELECT DISTINCT ON ({key}) {', '.join(outputs)} "
                    f"{behind} ORDER BY {key}, {everything}")
        if kind < 0.25:
            table, alias = self.table()
            limit = self.random.choice([
                "2", f"(SELECT 1 + max(abs({alias}.c4 % 3)) "
                     f"FROM {table} {alias})"])
            return f"{select} ORDER BY {everything} LIMIT {limit}"
        if kind < 0.35:
            return f"{select} ORDER BY {key}"
        return select

    def output(self, scope, visible, depth, over):
        """Return an output column."""
        kind = self.random.random()
        if kind < 0.5:
            text = self.random.choice(visible)
        elif kind < 0.6:
            text = self.window_value(scope, over)
        elif depth > 0 and kind < 0.65:
            text = self.scalar(visible, depth)
        else:
            text = self.value(visible, depth)
        return f"{text} AS {self.name('o')}"

    def grouped(self, behind, scope, count):
        """Return a query with GROUP BY."""
        keys = self.columns(scope, self.random.randint(1, 2))
        outputs = []
        for _ in range(count):
            key = self.random.choice(keys)
            outputs.append(self.random.choice([
                key, key, f"-grouping({key})", self.aggregate(scope),
                self.aggregate(scope),
                f"-rank() OVER (ORDER BY {self.aggregate(scope)}, {key})::int"
            ]) + f" AS {self.name('o')}")
        by = self.random.choice([
            ", ".join(keys), ", ".join(keys), f"ROLLUP ({', '.join(keys)})",
            f"GROUPING SETS (({', '.join(keys)}), ({keys[0]}), ())"])
        text = f"SELECT {', '.join(outputs)} {behind} GROUP BY {by}"
        if self.chance(0.4):
            text += f" HAVING {self.aggregate(scope)} % 3 <= 0"
        if self.chance(0.2):
            text += f" ORDER BY {self.aggregate(scope)}"
        return text

    def set_operation(self, depth, outer, count):
        """Return queries put together, and about how many rows they have."""
        left, one = self.query(depth - 1, outer, count)
        right, two = self.query(depth - 1, outer, count)
        if self.chance(0.3):
            right = left
        kind = self.random.choice(["UNION ALL", "UNION ALL", "UNION",
                                   "INTERSECT", "INTERSECT ALL", "EXCEPT",
                                   "EXCEPT ALL"])
        text = f"({left}) {kind} ({right})"
        if self.chance(0.2):
            text += " ORDER BY 1"
        return text, one + two

    def with_query(self, depth, count):
        """Return a query with a CTE that is read once, twice or never."""
        name, inner_count = self.name("w"), self.random.randint(1, 3)
        names = [f"k{i}" for i in range(inner_count)]
        inner, size = self.query(depth - 1, [], inner_count)
        kept = self.random.choice(["", "", "MATERIALIZED ",
                                   "NOT MATERIALIZED "])
        text = f"WITH {name} ({', '.join(names)}) AS {kept}({inner}) "
        scope = [f"one.{column}" for column in names]
        source = f"{name} AS one"
        if self.chance(0.1):
            query, size = self.query(depth - 1, [], count)
            while query.startswith("WITH"):
                query, size = self.query(0, [], count)
            return text + query, size
        if self.chance(0.4) and size * size <= MOST_ROWS:
            source += f" JOIN {name} AS two ON one.k0 % 4 = two.k0 % 4"
            scope += [f"two.{column}" for column in names]
            size *= size
        over = f"({self.window(scope)})"
        outputs = [self.output(scope, scope, 0, over) for _ in range(count)]
        return f"{text}{self.ordered(outputs, f'FROM {source}', scope)}", size

    def recursive(self, count):
        """Return a recursive query: of each row one follows at the most."""
        name = self.name("w")
        tables = [f"r{self.random.randrange(TABLES)}" for _ in range(2)]
        columns = self.random.sample(range(COLUMNS), 3)
        start = f"SELECT c{columns[0]}, c{columns[1]} FROM {tables[0]}"
        one, two = self.random.choice([
            (f"n.c{columns[0]}", "p.k1"), (f"n.c{columns[2]}", "p.k0"),
            ("-abs(p.k1)", f"n.c{columns[1]}"), ("p.k1", "p.k0")])
        step = (f"SELECT {one}, {two} FROM {name} p JOIN {tables[1]} n "
                f"ON n.c{columns[2]} % 3 = abs(p.k0) % 3")
        scope = ["p.k0", "p.k1"]
        kind, extra, key = self.random.choice([
            ("UNION", "", None),
            ("UNION ALL", " CYCLE k0, k1 SET looped USING way", "p.looped"),
            ("UNION ALL", " SEARCH DEPTH FIRST BY k1 SET place "
             "CYCLE k0, k1 SET looped USING way", "p.place")])
        over = f"({self.window(scope)})"
        outputs = [self.output(scope, scope, 0, over) for _ in range(count)]
        text = (f"WITH RECURSIVE {name} (k0, k1) AS ({start} {kind} {step})"
                f"{extra} SELECT {', '.join(outputs)} FROM {name} p")
        if key is not None and self.chance(0.5):
            text += (f" ORDER BY {key}" if key.endswith("place")
                     else f" WHERE NOT {key}")
        return text, 30
