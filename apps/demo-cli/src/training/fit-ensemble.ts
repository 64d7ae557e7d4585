import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnsembleRecipe, LanguageData, MemberPlan } from '@cognate/experiments';
import { ensembleMembers } from '@cognate/experiments';
import { trainEnsemble, type MemberTagger, type MemberTraining } from '@cognate/experiments/neural';
import type { Sentence } from '@cognate/corpora';
import type { BackendName } from '@cognate/nn';
import type { EnsembleTagger } from '@cognate/tagger/ensemble';
import { loadTagger, saveTagger } from '@cognate/tagger/node';
import type { EpochRecord } from '@cognate/trainer';
import { Failure } from '../failure.js';
import { makeFolder } from '../make-folder.js';
import { writeWhole } from '../write-whole.js';
import { fitLinear } from './fit-linear.js';
import { fitNeural } from './fit-neural.js';
import type { Monitor } from './monitor.js';
import type { CheckpointPlace } from './plan.js';
import { wantedBackend } from './wanted-backend.js';

export interface EnsembleFit {
  readonly target: LanguageData;
  readonly sources: readonly LanguageData[];
  readonly dev?: readonly Sentence[] | undefined;
  readonly unlabelled: readonly Sentence[];
  readonly recipe: EnsembleRecipe;
  readonly seed: number;
  readonly threads?: number | undefined;
  readonly backend?: BackendName | undefined;
  /** A folder for members that are trained and the checkpoints of the one that is not. It is not taken away. */
  readonly checkpoints: CheckpointPlace;
  /** How to go on, for the one who interrupts it. */
  readonly resume?: string | undefined;
  readonly monitor: Monitor;
  /** Told how the training of each member went, of those too that were stored. */
  readonly onCourse?: ((name: string, course: MemberCourse) => void) | undefined;
}

/** How the training of a member went: epochs of a neural one, the loss after each iteration of a linear one. */
export interface MemberCourse {
  readonly epochs?: readonly EpochRecord[];
  readonly losses?: readonly number[];
}

interface FittedMember {
  readonly tagger: MemberTagger;
  readonly course: MemberCourse;
}

/**
 * Trains the members of an ensemble one after the other and tells the monitor. Each is stored when it is trained, so that a run that was cut off goes on
 * with the one that it was at.
 *
 * @throws Interrupted that says where the training stands and how to go on; Failure where a stored member is of another training
 */
export async function fitEnsemble(fit: EnsembleFit): Promise<EnsembleTagger> {
  const { recipe, seed, monitor, checkpoints } = fit;
  await wantedBackend(fit.backend);
  const rounds = fit.unlabelled.length > 0 ? (recipe.selfTraining?.rounds ?? 0) : 0;
  const all = ensembleMembers(recipe, seed).length;
  let done = 0;
  return trainEnsemble({
    target: fit.target,
    sources: fit.sources,
    dev: fit.dev,
    unlabelled: fit.unlabelled,
    recipe,
    seed,
    async train(member, setting) {
      const place = join(checkpoints.folder, rounds > 0 ? `round-${member.round}` : '.', member.name);
      const again = rounds > 0 ? `, round ${member.round + 1} of ${rounds + 1}` : '';
      const which = `member ${(done++ % all) + 1} of ${all}${again}`;
      monitor.say(`${which}: ${member.name} (${member.recipe.model})`);
      const stored = await storedMember(place, member, setting);
      const inPart = { ...fit, monitor: ofPart(monitor, `of ${which}`) };
      const fitted = stored ?? (await fitMember(inPart, member, setting, `${place}.checkpoints`));
      if (!stored) {
        await storeMember(place, fitted, member, setting);
        await rm(`${place}.checkpoints`, { recursive: true, force: true });
      }
      fit.onCourse?.(rounds > 0 ? `${member.name}, round ${member.round + 1}` : member.name, fitted.course);
      return fitted.tagger;
    },
  });
}

const ofPart = (monitor: Monitor, part: string): Monitor => ({
  ...monitor,
  status: (status) => {
    monitor.status({ ...status, part });
  },
});

async function fitMember(
  fit: EnsembleFit,
  { recipe, seed }: MemberPlan,
  { target, sources = [], dev }: MemberTraining,
  folder: string,
): Promise<FittedMember> {
  const checkpoints = { ...fit.checkpoints, folder };
  if (recipe.model === 'neural') {
    const { tagger, epochs } = await fitNeural({ ...fit, target, sources, dev, recipe, seed, checkpoints });
    return { tagger, course: { epochs } };
  }
  const inLanguage = ({ language, sentences }: LanguageData): Sentence[] =>
    sentences.map((sentence) => ({ ...sentence, language }));
  const sentences = [...inLanguage(target), ...sources.flatMap(inLanguage)];
  const { language } = target;
  const { resume, monitor } = fit;
  const hasSources = sources.length > 0;
  const { tagger, losses } = await fitLinear({
    sentences,
    language,
    hasSources,
    recipe,
    checkpoints,
    resume,
    monitor,
  });
  return { tagger, course: { losses } };
}

/** What is noted of a member beside its model. */
interface StoredFacts {
  readonly fingerprint: string;
  readonly course: MemberCourse;
}

const fingerprintFile = (place: string): string => `${place}.json`;

/** What makes a member what it is: its recipe and seed, and all that it is trained on. */
function fingerprintOf(member: MemberPlan, { target, sources = [], dev = [] }: MemberTraining): string {
  const hash = createHash('sha256').update(JSON.stringify(member));
  const all = [target, ...sources, { language: 'dev', sentences: dev }];
  for (const { language, sentences } of all) {
    hash.update(JSON.stringify([language, sentences.length]));
    for (const { tokens, tags } of sentences) hash.update(JSON.stringify([tokens, tags]));
  }
  return hash.digest('hex');
}

async function storedMember(
  place: string,
  member: MemberPlan,
  setting: MemberTraining,
): Promise<FittedMember | undefined> {
  if (!existsSync(fingerprintFile(place))) return undefined;
  const found = JSON.parse(await readFile(fingerprintFile(place), 'utf8')) as StoredFacts;
  if (found.fingerprint !== fingerprintOf(member, setting)) {
    throw new Failure(
      `${place} is of a training with other data or another recipe: give --fresh to begin anew, or another output`,
    );
  }
  return { tagger: (await loadTagger(place)) as MemberTagger, course: found.course };
}

/** The fingerprint comes last: without it a member does not count as stored. */
async function storeMember(
  place: string,
  { tagger, course }: FittedMember,
  member: MemberPlan,
  setting: MemberTraining,
): Promise<void> {
  const facts: StoredFacts = { fingerprint: fingerprintOf(member, setting), course };
  await makeFolder(join(place, '..'));
  await saveTagger(tagger, place);
  await writeWhole(fingerprintFile(place), JSON.stringify(facts));
}
