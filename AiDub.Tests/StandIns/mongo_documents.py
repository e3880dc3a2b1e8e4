"""The documents of one collection. mongomock matches and changes them; this file finds them by index and keeps unique ones so."""
import datetime
from collections import OrderedDict

import bson
import mongomock
from bson.int64 import Int64
from mockupdb import CODEC_OPTIONS
from mongomock import aggregate, filtering

SCALARS = (str, int, float, bytes, bson.ObjectId, datetime.datetime, type(None))
SCRATCH = mongomock.MongoClient().scratch.documents


def copy(document):
    return bson.decode(bson.encode(document), CODEC_OPTIONS)


def in_scratch(*documents):
    """mongomock's collection, holding these documents and no others."""
    SCRATCH._store.drop()
    for place, document in enumerate(documents):
        SCRATCH._store._documents[place] = document
    return SCRATCH


class CommandError(Exception):
    def __init__(self, code, name, message, **more):
        super().__init__(message)
        self.reply = dict(ok=0, code=code, codeName=name, errmsg=message, **more)

    @classmethod
    def duplicate(cls, index, fields, document):
        return cls(
            11000, 'DuplicateKey', 'E11000 duplicate key error index: %s' % index,
            keyPattern={field: 1 for field in fields}, keyValue={field: document.get(field) for field in fields})


class Collection:
    def __init__(self):
        self.documents = OrderedDict()  # by frozen _id, the oldest first
        self.indexes = {'_id_': {'v': 2, 'key': {'_id': 1}, 'name': '_id_'}}
        self.buckets = {'_id': {}}  # by indexed field, then value: the frozen ids of the documents that have it, as keys
        self.taken = {}  # by unique index, then its frozen values: the frozen id of the document that has them

    @staticmethod
    def frozen(value):
        return value if isinstance(value, SCALARS) else bson.encode({'': value})

    def add_index(self, index):
        if index['name'] in self.indexes:
            return
        for document in self.documents.values():
            self.unindex(document)
        self.indexes[index['name']] = index
        for field in index['key']:
            self.buckets.setdefault(field, {})
        for document in self.documents.values():
            self.index(document)

    def index(self, document):
        key = self.frozen(document['_id'])
        for name, values in self.unique_values(document):
            if self.taken.setdefault(name, {}).setdefault(values, key) != key:
                raise CommandError.duplicate(name, self.indexes[name]['key'], document)
        for field, bucket in self.buckets.items():
            for value in self.bucket_values(document.get(field)):
                bucket.setdefault(value, {})[key] = None

    def unindex(self, document):
        key = self.frozen(document['_id'])
        for name, values in self.unique_values(document):
            if self.taken.get(name, {}).get(values) == key:
                del self.taken[name][values]
        for field, bucket in self.buckets.items():
            for value in self.bucket_values(document.get(field)):
                bucket.get(value, {}).pop(key, None)
                if not bucket.get(value, True):
                    del bucket[value]

    def insert(self, document):
        key = self.frozen(document['_id'])
        if key in self.documents:
            raise CommandError.duplicate('_id_', ['_id'], document)
        try:
            self.index(document)
        except CommandError:
            self.unindex(document)
            raise
        self.documents[key] = document

    def replace(self, old, new):
        key = self.frozen(old['_id'])
        if self.frozen(new['_id']) != key:
            raise CommandError(66, 'ImmutableField', "the field '_id' was altered")
        self.unindex(old)
        try:
            self.index(new)
        except CommandError:
            self.unindex(new)
            self.index(old)
            raise
        self.documents[key] = new

    def remove(self, document):
        self.unindex(document)
        del self.documents[self.frozen(document['_id'])]

    def unique_values(self, document):
        for name, index in self.indexes.items():
            partial = index.get('partialFilterExpression')
            if index.get('unique') and (partial is None or filtering.filter_applies(partial, document)):
                values = tuple(self.frozen(document.get(field)) for field in index['key'])
                if not index.get('sparse') or any(value is not None for value in values):
                    yield name, values

    @staticmethod
    def bucket_values(value):
        return {v for v in (value if isinstance(value, list) else [value]) if isinstance(v, SCALARS)}

    def candidates(self, query):
        """The smallest indexed set of documents that holds every match; all of them when no index serves."""
        best = None
        clauses = list(query.items())
        while clauses:
            field, wanted = clauses.pop()
            if field == '$and':
                clauses.extend(item for part in wanted for item in part.items())
                continue
            values = wanted['$in'] if isinstance(wanted, dict) and set(wanted) == {'$in'} else [wanted]
            if field not in self.buckets or not all(isinstance(value, SCALARS) for value in values):
                continue
            found = [self.buckets[field].get(value, {}) for value in values]
            if best is None or sum(map(len, found)) < sum(map(len, best)):
                best = found
        if best is None:
            return list(self.documents.values())
        return [self.documents[key] for key in OrderedDict.fromkeys(key for keys in best for key in keys)]

    def find(self, query, sort=None, skip=0, limit=0):
        found = (d for d in self.candidates(query) if filtering.filter_applies(query, d))
        if sort:
            found = list(found)
            for field, direction in reversed(list(sort.items())):
                found.sort(key=lambda d: filtering.resolve_sort_key(field, d), reverse=direction < 0)
        wanted = []
        for place, document in enumerate(found):
            if limit and place >= skip + limit:
                break
            if place >= skip:
                wanted.append(document)
        return wanted

    def update(self, old, query, change, upsert=False):
        """The document after a change, stored; a new one when there was none and it is an upsert."""
        if isinstance(change, list):
            base = copy(old) if old else {'_id': bson.ObjectId()}
            new = list(aggregate.process_pipeline([base], None, with_now(change), None))[0]
        elif not any(key.startswith('$') for key in change):
            key = old['_id'] if old else change.get('_id', query.get('_id', bson.ObjectId()))
            new = OrderedDict({'_id': key}, **change)
        else:
            scratch = in_scratch(copy(old)) if old else in_scratch()
            scratch._update(query if old is None or '.$' in str(change) else {}, change, upsert=upsert)
            new = next(iter(scratch._store._documents.values()))
            for field, step in change.get('$inc', {}).items():
                keep_wide(old, new, field.split('.'), step)
        new = copy(new)
        if old is None:
            self.insert(new)
        elif new != old:
            self.replace(old, new)
        return new


def keep_wide(old, new, path, step):
    """An int64 that is incremented, and an int that is incremented by one, is an int64."""
    for part in path[:-1]:
        old, new = (old or {}).get(part), new[part]
    if isinstance(step, Int64) or isinstance((old or {}).get(path[-1]), Int64):
        new[path[-1]] = Int64(new[path[-1]])


def with_now(value):
    if isinstance(value, list):
        return [with_now(item) for item in value]
    if isinstance(value, dict):
        return OrderedDict((key, with_now(item)) for key, item in value.items())
    return datetime.datetime.utcnow() if value == '$$NOW' else value


def projected(documents, fields):
    return [SCRATCH._copy_only_fields(d, fields, OrderedDict) for d in documents] if fields else documents
