import { cpus, loadavg } from 'node:os';
import { canPin } from './pinning.ts';

/** The machine, and the time of the run. */
export function machine(): { text: string; data: Record<string, unknown> } {
  const model = cpus()[0]?.model ?? 'unknown';
  const { length } = cpus();
  const startedAt = new Date().toISOString();
  const [load = 0] = loadavg();
  const { version: node, platform } = process;
  const pinning = canPin ? 'with' : 'without';
  return {
    text: `${startedAt}, Node ${node} on ${platform}, ${length} cores of ${model}, load ${load.toFixed(1)}, ${pinning} pinning`,
    data: { startedAt, node, platform, cores: length, model, load, canPin },
  };
}
