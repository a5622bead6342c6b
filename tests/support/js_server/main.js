// A gRPC server that this project did not write: grpc-js, serving post.v1.PostOffice.
//
// Prints "listening on HOST:PORT", then a line for each call that has ended: "/post.v1.PostOffice/Send OK". Request
// metadata x-* comes back in the response's headers, and x-handled-by stands in the trailers. SIGTERM makes it print
// "stopping" and stop gracefully.
'use strict';

const fs = require('fs');
const path = require('path');
const {parseArgs} = require('util');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');
const {ReflectionService} = require('@grpc/reflection');

const PROTO_FOLDERS = [path.join(__dirname, '..', 'protos'), path.join(__dirname, '..', '..', '..', 'proto')];

const {values: options} = parseArgs({options: {
  reflection: {type: 'string', default: 'both'},  // v1, v1alpha, both or none
  certificate: {type: 'string'},  // PEM; with it the server speaks TLS
  key: {type: 'string'},
  'client-ca': {type: 'string'},  // PEM; with it clients need a certificate of this authority
  'max-streams': {type: 'string'},  // how many calls a connection may have at once
}});

function load(...files) {
  return loader.loadSync(files, {includeDirs: PROTO_FOLDERS, longs: String, enums: String});
}

const served = load('post/v1/office.proto');
const errorTypes = load('google/rpc/status.proto', 'google/rpc/error_details.proto');

function refusal() {
  const reason = errorTypes['google.rpc.BadRequest'].serialize(
    {fieldViolations: [{field: 'recipient', description: 'is empty'}]});
  const details = 'a letter needs a recipient';
  const status = errorTypes['google.rpc.Status'].serialize({
    code: grpc.status.FAILED_PRECONDITION, message: details,
    details: [{type_url: 'type.googleapis.com/google.rpc.BadRequest', value: reason}]});
  const metadata = new grpc.Metadata();
  metadata.set('grpc-status-details-bin', status);
  return {code: grpc.status.FAILED_PRECONDITION, details, metadata};
}

const office = {
  // Refuses a letter to nobody, and keeps one to Godot until the call is given up.
  Send(call, answer) {
    if (!call.request.recipient) return answer(refusal());
    if (call.request.recipient !== 'Godot') answer(null, {number: '9007199254740993', letter: call.request});
  },

  // Answers a receipt with a number by a place of as many letters.
  Track(call) {
    const size = Number(call.request.number || 0);
    const letter = call.request.letter || {};
    const places = size > 0 ? ['x'.repeat(size)] : ['Counter', 'Van', `Door of ${letter.recipient}`];
    for (const place of places) call.write({place});
    call.end();
  },

  Deposit(call, answer) {
    const recipients = [];
    call.on('data', (letter) => recipients.push(letter.recipient));
    call.on('end', () => answer(null, {count: recipients.length, recipients}));
  },

  Correspond(call) {
    call.on('data', (letter) => call.write({recipient: letter.sender, sender: letter.recipient, lines: ['Thank you']}));
    // A client that has given up looks at first like one that has finished.
    call.on('end', () => setImmediate(() => call.cancelled || call.end()));
  },
};

// The metadata that every call gets, and a line when it has ended.
function withManners(method, call) {
  if (method.path.startsWith('/grpc.')) return new grpc.ServerInterceptingCall(call);
  const echoed = new grpc.Metadata();
  let told = false;
  const tell = (code) => {
    if (!told) console.log(`${method.path} ${grpc.status[code]}`);
    told = true;
  };
  const listener = {
    onReceiveMetadata(metadata, next) {
      for (const name of Object.keys(metadata.getMap())) {
        if (name.startsWith('x-')) metadata.get(name).forEach((value) => echoed.add(name, value));
      }
      next(metadata);
    },
    onCancel() {
      tell(grpc.status.CANCELLED);
    },
  };
  return new grpc.ServerInterceptingCall(call, {
    start: (next) => next(listener),
    sendMetadata(metadata, next) {
      metadata.merge(echoed);
      next(metadata);
    },
    sendStatus(status, next) {
      const metadata = status.metadata || new grpc.Metadata();
      metadata.set('x-handled-by', 'clerk');
      next({...status, metadata});
      tell(status.code);
    },
  });
}

function credentials() {
  if (!options.certificate) return grpc.ServerCredentials.createInsecure();
  const read = (file) => (file ? fs.readFileSync(file) : null);
  const pair = {private_key: read(options.key), cert_chain: read(options.certificate)};
  return grpc.ServerCredentials.createSsl(read(options['client-ca']), [pair], Boolean(options['client-ca']));
}

function serverOptions() {
  const chosen = {interceptors: [withManners]};
  if (options['max-streams']) chosen['grpc.max_concurrent_streams'] = Number(options['max-streams']);
  return chosen;
}

function addReflection(server) {
  const reflection = new ReflectionService(served);
  if (options.reflection === 'both') reflection.addToServer(server);
  // The package has no option for one of the two alone.
  if (options.reflection === 'v1') reflection.v1.addToServer(server);
  if (options.reflection === 'v1alpha') reflection.v1Alpha.addToServer(server);
}

const server = new grpc.Server(serverOptions());
server.addService(served['post.v1.PostOffice'], office);
addReflection(server);
server.bindAsync('127.0.0.1:0', credentials(), (error, port) => {
  if (error) throw error;
  console.log(`listening on 127.0.0.1:${port}`);
});
process.once('SIGTERM', () => {
  console.log('stopping');
  server.tryShutdown(() => process.exit(0));
});
