"""What JUnit XML may be made of: the part of Jenkins' junit-10.xsd that reports of tests use."""

import re
import xml.etree.ElementTree as ElementTree

_ANY = re.compile(r"(?s).*")
_COUNT = re.compile(r"\d+")
_TIME = re.compile(r"(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]{0,3})?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_MESSAGE = {"message": _ANY, "type": _ANY}

# Element: attributes that are required, others that are allowed, elements inside in the order in which they stand,
# and whether it holds text.
_ELEMENTS = {
    "testsuites": ((), {"name": _ANY, "time": _TIME, "tests": _COUNT, "failures": _COUNT, "errors": _COUNT},
                   ("testsuite",), False),
    "testsuite": (("name", "tests", "failures", "errors"),
                  {"name": _ANY, "tests": _COUNT, "failures": _COUNT, "errors": _COUNT, "skipped": _COUNT,
                   "time": _TIME, "timestamp": _MOMENT, "hostname": _ANY, "id": _ANY, "package": _ANY},
                  ("testsuite", "properties", "testcase", "system-out", "system-err"), False),
    "testcase": (("name",), {"name": _ANY, "classname": _ANY, "time": _TIME, "group": _ANY},
                 ("skipped", "error", "failure", "system-out", "system-err"), False),
    "skipped": ((), _MESSAGE, (), True),
    "error": ((), _MESSAGE, (), True),
    "failure": ((), _MESSAGE, (), True),
}


def faults(document):
    """What is wrong with a document, as sentences; an empty list for one that is valid and whose sums are right."""
    root = ElementTree.fromstring(document)
    found = [] if root.tag == "testsuites" else [f"the root is {root.tag}"]
    for element in root.iter():
        found += _faults_of(element)
    return found + _wrong_sums(root)


def _faults_of(element):
    if element.tag not in _ELEMENTS:
        return [f"no element is called {element.tag}"]
    required, allowed, inside, holds_text = _ELEMENTS[element.tag]
    found = [f"{element.tag} lacks {name}" for name in required if name not in element.attrib]
    for name, value in element.attrib.items():
        if name not in allowed:
            found.append(f"{element.tag} has no attribute {name}")
        elif not allowed[name].fullmatch(value):
            found.append(f"{element.tag} {name} is {value!r}")
    found += [f"{child.tag} does not stand in {element.tag}" for child in element if child.tag not in inside]
    if not holds_text and (element.text or "").strip():
        found.append(f"{element.tag} holds the text {element.text!r}")
    return found


def _wrong_sums(root):
    found = []
    for suite in root.iter("testsuite"):
        cases = suite.findall("testcase")
        for name, of in (("tests", cases), ("failures", suite.findall("testcase/failure")),
                         ("errors", suite.findall("testcase/error")), ("skipped", suite.findall("testcase/skipped"))):
            if int(suite.get(name, len(of))) != len(of):
                found.append(f"{suite.get('name')}: {name} is {suite.get(name)}, and there are {len(of)}")
    for name in ("tests", "failures", "errors"):
        total = sum(int(suite.get(name)) for suite in root.iter("testsuite"))
        if int(root.get(name, total)) != total:
            found.append(f"testsuites: {name} is {root.get(name)}, and the suites have {total}")
    return found
