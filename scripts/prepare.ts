/**
 * Builds the explorer page after `npm ci`, if what builds it is installed: `npm ci --omit=dev` has to work without. The gateway
 * then explains how to build the page. It is a script of the workspace `src`, so that those who install the package run none.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

if (existsSync('node_modules/vite'))
  execFileSync('npm', ['run', '--silent', 'build:graphiql'], { stdio: 'inherit' });
