// The connection of an editor while the service is still starting.

import { Link } from '@headwater/panels';
import { OWN_HEADER } from '@headwater/protocol';
import { expect, onTestFinished, test } from 'vitest';
import { Project } from '../helpers/project.ts';
import { TestService } from '../helpers/service.ts';

test('what is asked while the service starts waits for it; of one that does not come the person is told', async () => {
  const project = new Project();
  const service = await TestService.start(project);
  const linkThat = (failures: number) => {
    let tries = 0;
    const link = new Link(async () => {
      tries += 1;
      if (tries <= failures) throw new Error('not yet');
      return { socket: await service.open({ authorization: `Bearer ${service.token}`, [OWN_HEADER]: '1' }), ticket: null };
    }, 'test');
    onTestFinished(() => link.close());
    return link;
  };
  expect(await linkThat(3).call('store', { notebook: null })).toMatchObject({ problem: { code: 'no-store' } });
  const never = linkThat(Infinity);
  await expect(never.call('store', { notebook: null })).rejects.toMatchObject({ code: 'service-lost', sentence: 'Headwater is not connected at the moment.' });
  expect(never.state.kind).toBe('lost');
  const problem = { code: 'no-node', sentence: 'There is no Node.', hint: null };
  const hindered = new Link(() => Promise.reject(Object.assign(new Error('no'), { problem })), 'test');
  onTestFinished(() => hindered.close());
  await expect(hindered.call('store', { notebook: null })).rejects.toMatchObject(problem);
  expect(hindered.state).toMatchObject({ kind: 'lost', tries: 1, problem });
});
