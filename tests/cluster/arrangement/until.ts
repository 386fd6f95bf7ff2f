/** Asks again until the answer is as expected, and returns the last one. */
export async function until<T>(ask: () => Promise<T>, isExpected: (answer: T) => boolean, seconds = 120): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (isExpected(answer) || Date.now() > deadline) return answer;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
