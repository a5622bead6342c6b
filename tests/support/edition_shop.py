"""tests/support/editions/shop.proto as descriptors, as protoc 27 and later make them. This protobuf does not know what
editions add to descriptors, so that it is put in as bytes."""

from google.protobuf import descriptor_pb2

from wire import bytes_field, number_field

_FIELD_PRESENCE, _ENUM_TYPE, _REPEATED, _UTF8, _ENCODING = 1, 2, 3, 4, 5
_IMPLICIT = _CLOSED = _EXPANDED = _DELIMITED = _VERIFY = 2
_LEGACY_REQUIRED = _NONE = 3
_INT32, _STRING, _MESSAGE, _ENUM = 5, 9, 11, 14
_OPTIONAL, _REPEATED_LABEL = 1, 3

EDITION_2023, EDITION_2024 = 1000, 1001
_EDITION = 14  # in FileDescriptorProto
_OF_FILE, _OF_FIELD, _OF_ENUM = 50, 21, 7  # the field `features` in their options


def with_features(options, number, *pairs):
    """Adds a FeatureSet, field `number`, with these (feature, value) to options."""
    options.MergeFromString(bytes_field(number, b"".join(number_field(*pair) for pair in pairs)))


def of_edition(file, edition):
    """The descriptor of a file as one of this edition."""
    file.syntax = "editions"
    file.MergeFromString(number_field(_EDITION, edition))
    return file


def _field(message, name, number, kind, *pairs, label=_OPTIONAL, type_name=None, default=None):
    field = message.field.add(name=name, number=number, type=kind, label=label)
    if type_name:
        field.type_name = type_name
    if default:
        field.default_value = default
    if pairs:
        with_features(field.options, _OF_FIELD, *pairs)


def _enum(file, name, values, *pairs):
    enum = file.enum_type.add(name=name)
    for number, value in enumerate(values):
        enum.value.add(name=value, number=number)
    if pairs:
        with_features(enum.options, _OF_ENUM, *pairs)


def shop(edition=EDITION_2023):
    """The FileDescriptorProto of shop.proto."""
    file = of_edition(descriptor_pb2.FileDescriptorProto(name="shop.proto", package="shop.v1"), edition)
    with_features(file.options, _OF_FILE, (_UTF8, _NONE))
    order = file.message_type.add(name="Order")
    _field(order, "id", 1, _INT32)
    _field(order, "count", 2, _INT32, (_FIELD_PRESENCE, _IMPLICIT))
    _field(order, "key", 3, _STRING, (_FIELD_PRESENCE, _LEGACY_REQUIRED), (_UTF8, _VERIFY))
    _field(order, "lines", 4, _MESSAGE, (_ENCODING, _DELIMITED), label=_REPEATED_LABEL, type_name=".shop.v1.Line")
    _field(order, "state", 5, _ENUM, type_name=".shop.v1.State")
    _field(order, "mood", 6, _ENUM, type_name=".shop.v1.Mood")
    _field(order, "sizes", 7, _INT32, (_REPEATED, _EXPANDED), label=_REPEATED_LABEL)
    _field(order, "weights", 8, _INT32, label=_REPEATED_LABEL)
    _field(order, "note", 9, _STRING)
    _field(order, "priority", 10, _INT32, default="3")
    _field(file.message_type.add(name="Line"), "article", 1, _STRING)
    _enum(file, "State", ("STATE_OPEN", "STATE_SHUT"), (_ENUM_TYPE, _CLOSED))
    _enum(file, "Mood", ("MOOD_NONE", "MOOD_GOOD"))
    file.service.add(name="Shop").method.add(name="Echo", input_type=".shop.v1.Order", output_type=".shop.v1.Order")
    return file


class ShopTypes:
    """What reflection is asked of ProtoTypes, which could not build such files."""

    def __init__(self, edition=EDITION_2023):
        self.files = descriptor_pb2.FileDescriptorSet(file=[shop(edition)])

    def with_imports(self, name):
        return [file for file in self.files.file if file.name == name]
