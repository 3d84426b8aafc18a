"""test_units.py: clocks, numbers, tokens, shapes: the parts without a wire."""
import inspect
import json
import os
import re
import time
import unittest

import harness
from dzsim import clock as clocks
from dzsim import main, paging
from dzsim.control import _ACTIONS
from dzsim.errors import ServiceError
from dzsim.fault_kinds import KINDS
from dzsim.shapes import Int, List, Map, Recursive, Str, Struct, Union
from dzsim.values import Epochs
from dzsim.world import DEFAULT_SETTINGS, World


class Clocks(unittest.TestCase):
    def test_lifecycle_follows_the_scale(self):
        clock = clocks.Clock(1000)
        start = clock.lifecycle(), clock.now()
        while clock.now() < start[1] + 20000:
            time.sleep(0.001)
        life, now = clock.lifecycle(), clock.now()
        self.assertAlmostEqual((life - start[0]) / 1000, now - start[1],
                               delta=2000)

    def test_when_inverts_lifecycle_across_changes(self):
        clock = clocks.Clock(0)
        moments = []
        for scale in (0, 3, 0.5, 0, 10):
            clock.set_scale(scale)
            clock.advance(7000000)
            moments.append((clock.lifecycle(), clock.now()))
        clock.set_scale(1)
        for life, service in moments:
            self.assertAlmostEqual(clock.when(life), service, delta=3000)

    def test_when_within_a_stretch_of_one_scale(self):
        clock = clocks.Clock(100)
        start = clock.now()
        while clock.now() < start + 50000:
            time.sleep(0.001)
        life, now = clock.lifecycle(), clock.now()
        self.assertAlmostEqual(clock.when(life), now, delta=10000)
        self.assertAlmostEqual(clock.when(life - 2000000), now - 20000,
                               delta=10000)

    def test_a_frozen_clock_moves_by_advance_alone(self):
        clock = clocks.Clock(0)
        before = clock.lifecycle()
        clock.advance(5)
        self.assertEqual(clock.lifecycle(), before + 5)

    def test_offset_moves_the_wall_but_not_the_runs(self):
        clock = clocks.Clock(0)
        before, wall = clock.lifecycle(), clock.wall()
        clock.set_offset(600 * clocks.SECOND)
        self.assertEqual(clock.lifecycle(), before)
        self.assertAlmostEqual(clock.wall() - wall, 600 * clocks.SECOND,
                               delta=clocks.SECOND)

    def test_advance_leaves_the_wall(self):
        clock = clocks.Clock(1)
        wall = clock.wall()
        clock.advance(86400 * clocks.SECOND)
        self.assertLess(clock.wall() - wall, clocks.SECOND)

    def test_forms_of_time(self):
        moment = clocks.parse_iso("2025-06-30T06:00:00.123456Z")
        self.assertEqual(clocks.iso(moment), "2025-06-30T06:00:00.123456Z")
        self.assertEqual(clocks.iso(moment - 456),
                         "2025-06-30T06:00:00.123Z")
        self.assertEqual(clocks.iso(moment - 123456), "2025-06-30T06:00:00Z")
        self.assertEqual(clocks.http_date(moment),
                         "Mon, 30 Jun 2025 06:00:00 GMT")
        self.assertEqual(clocks.basic(moment), "20250630T060000Z")
        self.assertEqual(clocks.parse_basic("20250630T060000Z"),
                         moment - 123456)

    def test_reading_iso(self):
        base = clocks.parse_iso("2025-06-30T06:00:00Z")
        for text, plus in (("2025-06-30T08:00:00+02:00", 0),
                           ("2025-06-30T06:00:00.5z", 500000),
                           ("2025-06-30T06:00:00.1234567890Z", 123456),
                           ("2025-06-30T06:00:00", 0)):
            self.assertEqual(clocks.parse_iso(text), base + plus, text)
        for text in ("", "now", "2025-13-01T00:00:00Z"):
            self.assertIsNone(clocks.parse_iso(text), text)


class Numbers(unittest.TestCase):
    def number(self, style, microseconds):
        return Epochs({"epoch_style": style}).number(microseconds)

    def test_scientific_and_plain_say_the_same(self):
        for moment in (1762021397763000, 1762021397763001, 1000000, 0, 1,
                       1735806600500000, -1500000):
            for style in ("plain", "scientific", "mixed"):
                text = self.number(style, moment)
                self.assertAlmostEqual(json.loads(text), moment / 1e6,
                                       places=6, msg=text)

    def test_the_published_form(self):
        self.assertEqual(self.number("scientific", 1762021397763000),
                         "1.762021397763E9")
        self.assertEqual(self.number("plain", 1762021397763000),
                         "1762021397.763")

    def test_marks_become_numbers_and_text_stays(self):
        epochs = Epochs({"epoch_style": "plain"})
        body = json.dumps({"createdAt": epochs.mark(1500000),
                           "name": "@12@"}).encode()
        self.assertEqual(json.loads(epochs.finish(body)),
                         {"createdAt": 1.5, "name": "@12@"})


class Tokens(unittest.TestCase):
    def test_a_token_needs_encoding_and_comes_back(self):
        for anchor in list(range(200)) + [[1, 2], "a", 10 ** 15]:
            token = paging.make_token("Op", {"a": 1}, anchor)
            self.assertEqual(
                paging.read_token("Op", {"a": 1}, token), anchor)
            for character in "+/=":
                self.assertIn(character, token)
            self.assertTrue(re.fullmatch(r"[A-Za-z0-9+/]+==?", token))

    def test_a_token_is_bound_and_authenticated(self):
        token = paging.make_token("Op", {"a": 1}, 5)
        changed = token[:20] + ("A" if token[20] != "A" else "B") + token[21:]
        for operation, filters, given in (
                ("Other", {"a": 1}, token), ("Op", {"a": 2}, token),
                ("Op", {"a": 1}, changed), ("Op", {"a": 1}, "x"),
                ("Op", {"a": 1}, ""), ("Op", {"a": 1}, "é"),
                ("Op", {"a": 1}, token[:-4])):
            with self.assertRaises(ServiceError) as caught:
                paging.read_token(operation, filters, given)
            self.assertEqual(caught.exception.code, "ValidationException")

    def test_insert_keeps_the_order(self):
        class Thing:
            def __init__(self, seq):
                self.seq = seq
        items = []
        for seq in (5, 1, 9, 3, 7, 2):
            paging.insert_by_seq(items, Thing(seq))
        self.assertEqual([i.seq for i in items], [1, 2, 3, 5, 7, 9])
        self.assertEqual(paging.first_after(items, 3), 3)
        self.assertEqual(paging.first_from(items, 3), 2)


class Shapes(unittest.TestCase):
    def problems(self, shape, value):
        found = []
        shape.check(value, "x", found)
        return [words for _, words in found]

    def test_strings(self):
        shape = Str(pattern="[a-z]+", low=2, high=3)
        self.assertEqual(self.problems(shape, "abc"), [])
        self.assertEqual(self.problems(shape, "a"),
                         ["Member must have length between 2 and 3, "
                          "inclusive"])
        self.assertEqual(self.problems(shape, "ab\n"),
                         ["Member must satisfy regular expression pattern: "
                          "[a-z]+"])
        self.assertEqual(self.problems(Str(pattern=r"\w+"), "é"),
                         [r"Member must satisfy regular expression pattern: "
                          r"\w+"])
        self.assertEqual(self.problems(Str(enum=("A", "B")), "C"),
                         ["Member must satisfy enum value set: [A, B]"])

    def test_types_are_serialization_errors(self):
        for shape, value in ((Str(), 1), (Int(), "1"), (Int(), True),
                             (Int(), 1.5), (List(Str()), {}),
                             (Map(Str(), Str()), []), (Struct(), [])):
            with self.assertRaises(ServiceError) as caught:
                shape.check(value, "x", [])
            self.assertEqual(caught.exception.code, "SerializationException")

    def test_structures_unions_recursion(self):
        shape = Recursive()
        shape.target = Union(leaf=Int(1, 9), many=List(shape, 1, 2))
        self.assertEqual(self.problems(shape, {"many": [{"leaf": 1}]}), [])
        self.assertEqual(len(self.problems(
            shape, {"many": [{"leaf": 0}, {"leaf": 1, "many": []}]})), 3)
        self.assertEqual(
            self.problems(Struct(required="a b", a=Str(), b=Str()),
                          {"a": "x", "b": None, "unknown": 1}),
            ["Member must not be null"])


class Settings(unittest.TestCase):
    def test_settings_are_checked(self):
        world = World(clocks.Clock(), "eu-west-1")
        for bad in ({"nonsense": 1}, {"page_style": "odd"},
                    {"runs_per_day": "many"}, {"log": 1}, {"latency_ms": True},
                    {"rate_limits": []}):
            with self.assertRaises(ValueError, msg=bad):
                world.change_settings(bad)
        self.assertEqual(world.settings, DEFAULT_SETTINGS)
        world.change_settings({"latency_ms": 1.5, "requested_seconds": 1})
        self.assertEqual(world.settings["latency_ms"], 1.5)

    def test_identifiers_repeat_with_the_seed(self):
        def make(seed):
            world = World(clocks.Clock(), "eu-west-1", seed)
            return [world.new_id("x") for _ in range(5000)]
        first = make(1)
        self.assertEqual(first, make(1))
        self.assertNotEqual(first, make(2))
        self.assertEqual(len(set(first)), 5000)
        for identifier in first:
            self.assertTrue(re.fullmatch("[a-z0-9]{14}", identifier))


class Documentation(unittest.TestCase):
    """The README names whatever there is to use."""

    def test_readme(self):
        with open(os.path.join(harness.HOME, "README.md"),
                  encoding="utf-8") as file:
            text = file.read()
        names = list(KINDS) + list(DEFAULT_SETTINGS)
        names += [name for _, name in _ACTIONS]
        for name in names:
            with self.subTest(name):
                self.assertRegex(text, r"[`/ ]%s[`, \n.]"
                                 % re.escape(name))
        parser_options = re.findall(r'add_argument\("(--[a-z-]+)"',
                                    inspect.getsource(main))
        self.assertEqual(len(parser_options), 14)
        for option in parser_options:
            self.assertIn(option, text)


if __name__ == "__main__":
    unittest.main()
