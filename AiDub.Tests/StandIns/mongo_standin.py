#!/usr/bin/python3
"""A stand-in for one standalone MongoDB server, for tests on machines that have none.

mockupdb speaks the wire protocol; this file answers the commands that MongoDB.Driver 3.14 and Hangfire.Mongo 1.17 send. mockupdb
handles one command at a time, so each is atomic. There are no transactions, change streams, users or expiry. It listens on
loopback, on the port it is given or a free one that it prints, and ends when its standard input closes.
"""
import datetime
import os
import sys
import traceback

import mockupdb
from bson.int64 import Int64
from mongo_documents import Collection, CommandError, copy, in_scratch, projected, with_now
from mongomock import aggregate, filtering

# What drivers count documents by: no copy of each is needed for that.
COUNT = {'$group': {'_id': 1, 'n': {'$sum': 1}}}

# Which of its rights to a collection a command takes; of those that a user may lack alone.
RIGHTS = {'insert': ('insert',), 'update': ('update',), 'findandmodify': ('update',), 'delete': ('remove',)}

# mockupdb writes every request as JSON for a log that is off.
mockupdb.docs_repr = lambda *documents: '...'


def least_of(stage):
    """Groups documents by a field with the least of another, without copies of them; None where a stage does something else."""
    group = stage.get('$group', {})
    name, least = next(((key, value['$min']) for key, value in group.items() if key != '_id' and '$min' in value), (None, None))
    if len(group) != 2 or name is None or not str(group['_id']).startswith('$'):
        return None

    def grouped(documents):
        groups = {}
        for document in documents:
            groups.setdefault(document.get(group['_id'][1:]), []).append(document[least[1:]])
        return [{'_id': key, name: min(values)} for key, values in groups.items()]
    return grouped


class Server:
    def __init__(self):
        self.databases = {}
        self.index_builds = 'go'
        self.held = []
        self.refusals = {}

    def answer(self, request):
        command = request.doc
        name = request.command_name
        try:
            handler = getattr(self, 'do_' + name.lower(), None)
            if handler is None:
                raise CommandError(59, 'CommandNotFound', 'no such command: %r' % name)
            if name.lower() == 'createindexes' and self.index_builds == 'hold':
                self.held.append(request)
                return True
            self.authorize(command.get('$db'), name, command)
            reply = handler(self.databases.setdefault(command.get('$db', 'admin'), {}), command, command[name])
        except CommandError as error:
            reply = error.reply
        except Exception as error:  # mongomock's own errors, and what it does not implement
            traceback.print_exc()
            reply = {'ok': 0, 'code': getattr(error, 'code', None) or 2, 'codeName': 'BadValue', 'errmsg': str(error)}
        request.replies(dict({'ok': 1.0}, **reply))
        return True

    def authorize(self, database, name, command):
        """Refuses a command whose user has no right to its collection, or not the one that it takes."""
        if name.lower() == 'explain':
            inner = command[name]
            return self.authorize(database, list(inner)[0], inner)
        refused = self.refusals.get(database, ())
        taken = ('remove',) if command.get('remove') else RIGHTS.get(name.lower(), ())
        if any(change.get('upsert') for change in command.get('updates', ())) or command.get('upsert'):
            taken = (*taken, 'insert')
        if isinstance(command[name], str) and (
                command[name] in refused or any('%s:%s' % (command[name], right) in refused for right in taken)):
            raise CommandError(13, 'Unauthorized', 'not authorized on the database to execute command %s' % name)

    @staticmethod
    def collection(database, name):
        if name not in database:
            database[name] = Collection()
        return database[name]

    @staticmethod
    def cursor(command, documents):
        return {'cursor': {'id': Int64(0), 'ns': '%s.%s' % (command['$db'], list(command.values())[0]), 'firstBatch': documents}}

    def do_hello(self, database, command, _):
        return {
            'isWritablePrimary': True, 'ismaster': True, 'helloOk': True, 'readOnly': False, 'minWireVersion': 0,
            'maxWireVersion': 21, 'maxBsonObjectSize': 16777216, 'maxMessageSizeBytes': 48000000, 'maxWriteBatchSize': 100000,
            'localTime': datetime.datetime.utcnow()}

    do_ismaster = do_hello

    def do_ping(self, database, command, _):
        return {}

    do_endsessions = do_killcursors = do_ping

    def do_buildinfo(self, database, command, _):
        return {'version': '7.0.0', 'versionArray': [7, 0, 0, 0]}

    def do_serverstatus(self, database, command, _):
        return {'version': '7.0.0', 'localTime': datetime.datetime.utcnow()}

    def do_listcollections(self, database, command, _):
        names = [{'name': name, 'type': 'collection', 'options': {}} for name in database]
        return self.cursor(command, [n for n in names if filtering.filter_applies(command.get('filter') or {}, n)])

    def do_create(self, database, command, name):
        if name in database:
            raise CommandError(48, 'NamespaceExists', 'collection %s exists' % name)
        self.collection(database, name)
        return {}

    def do_drop(self, database, command, name):
        database.pop(name, None)
        return {}

    def do_dropdatabase(self, database, command, _):
        database.clear()
        return {}

    # Not MongoDB's: says that indexes are refused, held back until they are let go, or made.
    def do_standinindexbuilds(self, database, command, how):
        self.index_builds = how
        held, self.held = self.held, []
        for request in held:
            self.answer(request)
        return {}

    # It is asked for its right alone.
    do_explain = do_ping

    # Not MongoDB's: from now on this user may do nothing in these collections of the database, or not what a colon parts from the name.
    def do_standinrefusals(self, database, command, collections):
        self.refusals[command['$db']] = collections
        return {}

    def do_createindexes(self, database, command, name):
        if self.index_builds == 'refuse':
            raise CommandError(13, 'Unauthorized', 'not allowed to create indexes')
        for index in command['indexes']:
            self.collection(database, name).add_index(dict(index, v=2))
        return {}

    def do_listindexes(self, database, command, name):
        if name not in database:
            raise CommandError(26, 'NamespaceNotFound', 'ns does not exist')
        return self.cursor(command, list(database[name].indexes.values()))

    def do_dropindexes(self, database, command, name):
        collection = self.collection(database, name)
        for index in list(collection.indexes):
            if index != '_id_' and command['index'] in ('*', index):
                del collection.indexes[index]
                collection.taken.pop(index, None)
        return {}

    def do_find(self, database, command, name):
        found = self.collection(database, name).find(
            command.get('filter') or {}, command.get('sort'), command.get('skip', 0), abs(command.get('limit', 0)))
        return self.cursor(command, projected(found, command.get('projection')))

    def do_count(self, database, command, name):
        return {'n': len(self.collection(database, name).find(
            command.get('query') or {}, None, command.get('skip', 0), command.get('limit', 0)))}

    def do_distinct(self, database, command, name):
        found = self.collection(database, name).find(command.get('query') or {})
        return {'values': in_scratch(*found).distinct(command['key'])}

    def do_aggregate(self, database, command, name):
        pipeline = with_now(command['pipeline'])
        if pipeline and '$changeStream' in pipeline[0]:
            raise CommandError(40573, 'Location40573', 'The $changeStream stage is only supported on replica sets')
        first = pipeline[0].get('$match', {}) if pipeline else {}
        found = self.collection(database, name).find(first)
        if len(pipeline) == 2 and pipeline[1] == COUNT:
            return self.cursor(command, [{'_id': 1, 'n': len(found)}] if found else [])
        if len(pipeline) == 2 and (least := least_of(pipeline[1])):
            return self.cursor(command, least(found))
        return self.cursor(command, list(aggregate.process_pipeline([copy(d) for d in found], None, pipeline, None)))

    def do_insert(self, database, command, name):
        collection = self.collection(database, name)

        def insert(document, _):
            collection.insert(document)
            return {'n': 1}
        return self.write(command, command['documents'], insert)

    def do_update(self, database, command, name):
        collection = self.collection(database, name)

        def update(change, place):
            found = collection.find(change['q'], limit=0 if change.get('multi') else 1)
            if not found and change.get('upsert'):
                new = collection.update(None, change['q'], change['u'], upsert=True)
                return {'n': 1, 'upserted': [{'index': place, '_id': new['_id']}]}
            changed = [old for old in found if collection.update(old, change['q'], change['u']) != old]
            return {'n': len(found), 'nModified': len(changed)}
        return dict({'nModified': 0}, **self.write(command, command['updates'], update))

    def do_delete(self, database, command, name):
        collection = self.collection(database, name)

        def delete(change, _):
            found = collection.find(change['q'], limit=change['limit'])
            for document in found:
                collection.remove(document)
            return {'n': len(found)}
        return self.write(command, command['deletes'], delete)

    @staticmethod
    def write(command, changes, one):
        reply = {'n': 0}
        for place, change in enumerate(changes):
            try:
                for field, value in one(change, place).items():
                    reply[field] = reply[field] + value if field in reply else value
            except CommandError as error:
                reply.setdefault('writeErrors', []).append(dict(error.reply, index=place))
                if command.get('ordered', True):
                    break
        return reply

    def do_findandmodify(self, database, command, name):
        collection = self.collection(database, name)
        query = command.get('query') or {}
        old = next(iter(collection.find(query, command.get('sort'), limit=1)), None)
        upserted = {}
        if command.get('remove'):
            value = old
            if old:
                collection.remove(old)
        elif old or command.get('upsert'):
            new = collection.update(old, query, command['update'], upsert=command.get('upsert', False))
            upserted = {} if old else {'upserted': new['_id']}
            value = new if command.get('new') else old
        else:
            value = None
        value = projected([value], command.get('fields'))[0] if value else None
        return {'value': value, 'lastErrorObject': dict(n=1 if old or upserted else 0, updatedExisting=old is not None, **upserted)}


def main():
    wire = mockupdb.MockupDB(port=int(sys.argv[1]) if len(sys.argv) > 1 else None)
    wire.autoresponds(Server().answer)
    print(wire.run(), flush=True)
    sys.stdin.read()
    os._exit(0)


if __name__ == '__main__':
    main()
