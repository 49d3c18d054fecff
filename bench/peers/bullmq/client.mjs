// BullMQ's client of ./tg bench queue; the commands are in bench/README.md. usage: node client.mjs PORT
import { createInterface } from 'node:readline';
import { Queue, Worker } from 'bullmq';

const CONCURRENCY = 100;
const BATCH = 1000;
const connection = { host: '127.0.0.1', port: Number(process.argv[2]) };
const queue = new Queue('bench', { connection });
const options = { removeOnComplete: true }; // its fastest: nothing is kept of a finished job
const text = 'x'.repeat(92); // 100 bytes as JSON
const now = () => Number(process.hrtime.bigint()) / 1e9;

async function enqueue(count) {
  for (let from = 0; from < count; from += BATCH) {
    const size = Math.min(BATCH, count - from);
    await queue.addBulk(Array.from({ length: size }, () => ({ name: 'noop', data: { t: text }, opts: options })));
  }
}

async function work(count, produce, seen) {
  let done = 0;
  let enough;
  const all = new Promise((resolve) => (enough = resolve));
  const start = now();
  const handler = async (job) => {
    seen?.(job);
    if (++done === count) enough();
  };
  const worker = new Worker('bench', handler, { connection, concurrency: CONCURRENCY });
  worker.on('error', (error) => console.error(error));
  await produce?.();
  await all;
  const seconds = now() - start;
  await worker.close();
  return `${seconds} ${done}`;
}

async function latency(count, perSecond) {
  const millis = [];
  const produce = async () => {
    const start = now();
    for (let i = 0; i < count; i++) {
      const wait = start + i / perSecond - now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait * 1000));
      await queue.add('noop', { at: now(), t: text.slice(20) }, options);
    }
  };
  await work(count, produce, (job) => millis.push((now() - job.data.at) * 1000));
  millis.sort((a, b) => a - b);
  return `${millis[count >> 1]} ${millis[Math.floor(count * 0.99)]}`;
}

async function answer(command, count, perSecond) {
  const start = now();
  switch (command) {
    case 'enqueue':
      await enqueue(count);
      return `${now() - start}`;
    case 'process':
      return work(count);
    case 'flow':
      return work(count, () => enqueue(count));
    case 'latency':
      return latency(count, perSecond);
    default:
      throw new Error(`no command ${command}`);
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const [command, ...numbers] = line.split(' ');
  console.log(await answer(command, ...numbers.map(Number)));
}
process.exit(0);
