/** Upper bounds of the classes of the histogram, in seconds. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Counts what a server does, in the text format of Prometheus. */
export class Metrics {
  readonly #requests = new Map<string, number>();
  readonly #classes = new Array<number>(bounds.length).fill(0);
  #seconds = 0;
  #answered = 0;
  #inputs = 0;
  #entities = 0;
  pending = 0;

  /** @param seconds from the arrival of the request's head to its answer */
  answered(path: string, status: number | 'aborted', seconds: number): void {
    const key = `path="${path}",status="${status}"`;
    this.#requests.set(key, (this.#requests.get(key) ?? 0) + 1);
    this.#answered++;
    this.#seconds += seconds;
    bounds.forEach((bound, i) => (this.#classes[i] += Number(seconds <= bound)));
  }

  tagged(inputs: number, entities: number): void {
    this.#inputs += inputs;
    this.#entities += entities;
  }

  toString(): string {
    const lines = [
      ...head('cognate_requests_total', 'counter', 'Requests answered, by path and status.'),
      ...[...this.#requests].map(([key, count]) => `cognate_requests_total{${key}} ${count}`),
      ...head('cognate_request_seconds', 'histogram', 'Seconds until a request was answered.'),
      ...bounds.map((bound, i) => `cognate_request_seconds_bucket{le="${bound}"} ${this.#classes[i]}`),
      `cognate_request_seconds_bucket{le="+Inf"} ${this.#answered}`,
      `cognate_request_seconds_sum ${this.#seconds}`,
      `cognate_request_seconds_count ${this.#answered}`,
      ...head('cognate_requests_pending', 'gauge', 'Requests under way.'),
      `cognate_requests_pending ${this.pending}`,
      ...head('cognate_inputs_total', 'counter', 'Texts and sentences tagged.'),
      `cognate_inputs_total ${this.#inputs}`,
      ...head('cognate_entities_total', 'counter', 'Entities found.'),
      `cognate_entities_total ${this.#entities}`,
      ...head('cognate_resident_bytes', 'gauge', 'Memory of the process.'),
      `cognate_resident_bytes ${process.memoryUsage.rss()}`,
    ];
    return `${lines.join('\n')}\n`;
  }
}

const head = (name: string, type: string, help: string): string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
];
