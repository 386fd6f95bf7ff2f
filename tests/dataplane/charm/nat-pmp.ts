import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';

// nat-pmp.ts PORT-FILE: the port mapping protocol (RFC 6886) of the VPN server, which gives the port that the file names.

const [, , file = ''] = process.argv;

const serverPort = 5351;
const askAddress = 0;
const answerBit = 128;
const lifetimeSeconds = 60;
const exitAddress = [198, 51, 100, 200];

const socket = createSocket('udp4');
socket.on('message', (request, caller) => {
  const operation = request[1] ?? askAddress;
  const answer = Buffer.alloc(operation === askAddress ? 12 : 16);
  answer[1] = operation + answerBit;
  answer.writeUInt32BE(1, 4);
  if (operation === askAddress) answer.set(exitAddress, 8);
  else {
    request.copy(answer, 8, 4, 6);
    answer.writeUInt16BE(Number(readFileSync(file, 'utf8')), 10);
    answer.writeUInt32BE(lifetimeSeconds, 12);
  }
  socket.send(answer, caller.port, caller.address);
});
socket.bind(serverPort);
