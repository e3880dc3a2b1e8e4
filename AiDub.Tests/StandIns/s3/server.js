// An S3 server for tests: s3rver over TLS (over plain HTTP where KEY and CERTIFICATE are '-'), with the two operations on multipart uploads that it
// lacks (abort and list). Bodies that are signed in chunks, which it would store with their signatures, it refuses as OpenStack Swift does.
// node --openssl-legacy-provider server.js DIRECTORY PORT KEY CERTIFICATE BUCKET...   prints "ready PORT" once it listens, and then every request:
// "asked METHOD PATH".
// NODE_PATH says where s3rver is; its tokens of listings need the legacy provider.
'use strict';

const fs = require('fs');
const path = require('path');
const S3rver = require('s3rver');

const [directory, port, key, certificate, ...buckets] = process.argv.slice(2);

// A client that breaks off, or aborts an upload whose part is being written, is no reason to end; s3rver throws nowhere in particular then.
process.on('uncaughtException', error => console.error(error.message));

const uploadsOf = bucket => path.join(directory, bucket, '._S3rver_uploads');

function xml(ctx, status, text) {
  ctx.status = status;
  ctx.type = 'application/xml';
  ctx.body = `<?xml version="1.0" encoding="UTF-8"?>\n${text}`;
}

function abort(ctx, bucket) {
  const upload = path.join(uploadsOf(bucket), path.basename(ctx.query.uploadId));
  if (!fs.existsSync(upload)) {
    xml(ctx, 404, '<Error><Code>NoSuchUpload</Code><Message>The upload does not exist.</Message></Error>');
    return;
  }
  fs.rmSync(upload, { recursive: true, force: true });
  ctx.status = 204;
}

function list(ctx, bucket) {
  const ids = fs.existsSync(uploadsOf(bucket)) ? fs.readdirSync(uploadsOf(bucket)) : [];
  const uploads = ids.map(id => {
    const name = path.join(uploadsOf(bucket), id, 'key');
    const text = fs.existsSync(name) ? fs.readFileSync(name, 'utf8') : '';
    return `<Upload><Key>${text}</Key><UploadId>${id}</UploadId></Upload>`;
  });
  xml(
    ctx,
    200,
    `<ListMultipartUploadsResult><Bucket>${bucket}</Bucket><IsTruncated>false</IsTruncated>${uploads.join('')}</ListMultipartUploadsResult>`,
  );
}

const server = new S3rver({
  address: '127.0.0.1',
  port: Number(port),
  silent: true,
  directory,
  ...(key === '-' ? {} : { key: fs.readFileSync(key), cert: fs.readFileSync(certificate) }),
  vhostBuckets: false,
  configureBuckets: buckets.map(name => ({ name })),
});

server.middleware.unshift((ctx, next) => {
  console.log(`asked ${ctx.method} ${ctx.url}`);
  const [bucket] = ctx.path.slice(1).split('/');
  if (/^STREAMING-/.test(ctx.get('x-amz-content-sha256'))) {
    return xml(ctx, 501, '<Error><Code>NotImplemented</Code><Message>Chunk signatures are not understood.</Message></Error>');
  }
  if (ctx.method === 'DELETE' && ctx.query.uploadId) return abort(ctx, bucket);
  if (ctx.method === 'GET' && 'uploads' in ctx.query) return list(ctx, bucket);
  return next();
});

// Two deletes at once see each other's folders go; the objects are gone all the same.
const remove = server.store.deleteObject.bind(server.store);
server.store.deleteObject = (bucket, name) =>
  remove(bucket, name).catch(error => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTEMPTY') throw error;
  });

server.run().then(address => console.log(`ready ${address.port}`));
