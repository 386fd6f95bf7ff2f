import { beforeAll, describe, expect, test } from '@jest/globals';
import { RealApiServer } from './api/real-api-server.js';
import { Player } from './recording/player.js';
import { committedNames, readRecording, writeRecording } from './recording/recordings.js';
import { sequences } from './recording/sequences/index.js';

const record = process.env['KUBE_RECORD'] === 'yes';

describe('the committed recordings', () => {
  const player = new Player(new RealApiServer());
  beforeAll(() => player.prepare());

  test.each(sequences.map((sequence) => [sequence.name, sequence] as const))('%s', async (name, sequence) => {
    const played = await player.play(sequence);
    if (record) writeRecording(played);
    expect(played).toEqual(readRecording(name));
  });

  test('are those of the table', () => {
    expect([...committedNames()].sort()).toEqual(sequences.map(({ name }) => name).sort());
  });
});
