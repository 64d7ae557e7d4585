import { selectBackend } from '@cognate/nn';
import { train, type SourceData } from '@cognate/trainer';
import { makeSentences, type Language } from './sentences.js';
import { WindowTagger, type Sentence } from './window-tagger.js';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

// Where the numbers are computed. Without fused multiplication they are the same on every host.
await selectBackend({ prefer: 'cpu', relaxedSimd: false });

// 1. Six sentences of the target, Galician, and sixty each of two relatives, whose sentences count half.
const target = { name: 'gl', examples: makeSentences('gl', 'train', 6) };
const source = (name: Language): SourceData<Sentence> => ({
  name,
  examples: makeSentences(name, 'train', 60),
  mu: 0.5,
});
const dev = makeSentences('gl', 'dev', 80);

// 2. Train the network, on the target alone and on everything. An epoch sees the target four times; when three epochs have
//    not bettered the F1 on the development data, the best weights are trained a little more on the target alone.
async function trainWith(sources: readonly SourceData<Sentence>[]): Promise<WindowTagger> {
  const model = new WindowTagger(
    [target, ...sources].flatMap(({ examples }) => examples),
    1,
  );
  const { kept } = await train({
    model,
    data: { target, sources, dev },
    options: {
      epochs: 10,
      patience: 3,
      batches: { size: 8 },
      objective: { kind: 'exact', targetRepeat: 4 },
      optimizer: { name: 'adam', learningRate: 0.01 },
      fineTune: { epochs: 2 },
    },
    events(event) {
      if (event.type !== 'epoch') return;
      const losses = Object.entries(event.languages).map(
        ([name, { loss, tokens }]) => `${name} ${(loss / tokens).toFixed(2)}`,
      );
      const score = event.dev === undefined ? '' : `F1 ${percent(event.dev)}`;
      console.log(`  ${event.phase} ${String(event.epoch)}: ${score}, loss a token ${losses.join(', ')}`);
    },
  });
  console.log(`  keeps ${kept.phase} ${String(kept.epoch)}`);
  return model;
}

console.log('gl alone');
await trainWith([]);
console.log('gl with es and pt');
const model = await trainWith([source('es'), source('pt')]);

// 3. Use it.
const tokens = ['A', 'directora', 'do', 'Banco', 'Lema', ',', 'Ana', 'Lema', ',', 'vive', 'en', 'Laxe', '.'];
const [tags] = model.decode([{ tokens, tags: [] }]);
console.log(tokens.map((token, t) => (tags[t] === 'O' ? token : `${token}/${tags[t]}`)).join(' '));
