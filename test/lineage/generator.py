"""Random queries over twenty tables, the same for the same seed.

Conditions look at values modulo a small number and computed values are
negative: twenty_tables.sql says why.
"""

import random


class Generator:
    """Makes queries; all outputs are integers with names of their own."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.names = 0

    def name(self, letter):
        """Return a name that nothing has."""
        self.names += 1
        return f"{letter}{self.names}"

    def chance(self, probability):
        """Say yes that often."""
        return self.random.random() < probability

    def column(self, scope):
        """Return a column of one of the relations in scope."""
        return self.random.choice(scope)

    def value(self, scope, depth):
        """Return an expression that computes something negative."""
        one, two = self.column(scope), self.column(scope)
        forms = [f"-abs({one})", f"-abs({one} % 7 + {two} % 5)",
                 f"-abs(coalesce({one}, {two}))",
                 f"-greatest(abs({one}), 1)",
                 f"CASE WHEN {self.condition(scope, 0)} THEN -abs({one}) "
                 f"ELSE -abs({two}) END",
                 f"-abs(nullif({one} % 3, {two} % 3))",
                 f"-abs((ARRAY[{one}, {two}])[1])"]
        if depth > 0:
            forms.append(f"(SELECT min(-abs(k)) FROM "
                         f"({self.query(depth - 1, scope, 1)}) AS q (k))")
        return self.random.choice(forms)

    def condition(self, scope, depth):
        """Return a condition that is true of many rows."""
        one, two = self.column(scope), self.column(scope)
        modulus = self.random.choice([2, 3, 4, 5])
        forms = [f"{one} % {modulus} <> 1", f"{one} % 3 >= {two} % 3",
                 f"({one} % 2 = 0 OR {two} % 3 > 0)",
                 f"{one} IS NOT NULL"]
        if depth > 0:
            table = self.name("e")
            number = self.random.randrange(20)
            forms.append(
                f"EXISTS (SELECT {table}.c0 FROM r{number} {table} "
                f"WHERE {table}.c{self.random.randrange(6)} % 3 = {one} % 3)")
            forms.append(
                f"{one} % 4 IN (SELECT {table}.c1 % 4 FROM r{number} {table})")
        return self.random.choice(forms)

    def relation(self, depth, outer):
        """Return (text for FROM, its columns)."""
        alias = self.name("s")
        if depth > 0 and self.chance(0.4):
            count = self.random.randint(1, 3)
            lateral = bool(outer) and self.chance(0.4)
            inner = self.query(depth - 1, outer if lateral else [], count)
            names = [f"k{i}" for i in range(count)]
            return (f"{'LATERAL ' if lateral else ''}({inner}) "
                    f"AS {alias} ({', '.join(names)})",
                    [f"{alias}.{name}" for name in names])
        return (f"r{self.random.randrange(20)} AS {alias}",
                [f"{alias}.c{i}" for i in range(6)])

    def source(self, depth, outer):
        """Return (text behind FROM, the columns in scope)."""
        text, scope = self.relation(depth, outer)
        for _ in range(self.random.choice([0, 0, 1, 1, 2])):
            kind = self.random.choice(
                ["JOIN", "LEFT JOIN", "RIGHT JOIN", "CROSS JOIN", "FULL JOIN"])
            # only these two let the right side see the left one
            visible = scope if kind in ("LEFT JOIN", "CROSS JOIN") else []
            right, columns = self.relation(depth, visible)
            text += f" {kind} {right}"
            if kind != "CROSS JOIN":
                text += (f" ON {self.column(scope)} % 4 = "
                         f"{self.column(columns)} % 4")
            scope = scope + columns
        return text, scope

    def query(self, depth, outer, count):
        """Return a query with so many outputs; "outer" is visible in it."""
        kind = self.random.random()
        if depth > 0 and kind < 0.12:
            return self.with_query(depth, count)
        if depth > 0 and kind < 0.27:
            return (f"({self.query(depth - 1, outer, count)}) UNION ALL "
                    f"({self.query(depth - 1, outer, count)})")
        text, scope = self.source(depth, outer)
        visible = scope + outer
        where = (f" WHERE {self.condition(visible, depth)}"
                 if self.chance(0.5) else "")
        if self.chance(0.2):
            return self.grouped(text, scope, where, count)
        outputs = [self.output(scope, visible, depth) for _ in range(count)]
        order = (f" ORDER BY {self.column(scope)}"
                 if self.chance(0.2) else "")
        return (f"SELECT {', '.join(outputs)} FROM {text}{where}{order}")

    def output(self, scope, visible, depth):
        """Return an output column."""
        kind = self.random.random()
        if kind < 0.55:
            text = self.column(visible)
        elif kind < 0.65:
            text = (f"-row_number() OVER (PARTITION BY {self.column(scope)} "
                    f"% 2 ORDER BY {self.column(scope)})::int")
        else:
            text = self.value(visible, depth)
        return f"{text} AS {self.name('o')}"

    def grouped(self, text, scope, where, count):
        """Return a query with GROUP BY."""
        key = self.column(scope)
        outputs = [f"{key} AS {self.name('o')}"] + [
            f"min(-abs({self.column(scope)})) FILTER "
            f"(WHERE {self.condition(scope, 0)}) AS {self.name('o')}"
            for _ in range(count - 1)]
        having = (f" HAVING count({self.column(scope)} % 3) > 0"
                  if self.chance(0.4) else "")
        return (f"SELECT {', '.join(outputs)} FROM {text}{where} "
                f"GROUP BY {key}{having}")

    def with_query(self, depth, count):
        """Return a query with a CTE that is read once or twice."""
        name, inner_count = self.name("w"), self.random.randint(1, 3)
        names = [f"k{i}" for i in range(inner_count)]
        inner = self.query(depth - 1, [], inner_count)
        scope = [f"one.{column}" for column in names]
        text = f"{name} AS one"
        if self.chance(0.4):
            text += f" JOIN {name} AS two ON one.k0 % 4 = two.k0 % 4"
            scope += [f"two.{column}" for column in names]
        outputs = [self.output(scope, scope, 0) for _ in range(count)]
        return (f"WITH {name} ({', '.join(names)}) AS ({inner}) "
                f"SELECT {', '.join(outputs)} FROM {text}")
