/** Session figures of a project from which no session was received (contract 12.2). */
export const NO_HEALTH_DATA = {
  durationP50: null,
  durationP90: null,
  crashFreeUsers: null,
  crashFreeSessions: null,
  sessionsCrashed: 0,
  sessionsErrored: 0,
  totalUsers: null,
  totalUsers24h: null,
  totalProjectUsers24h: null,
  totalSessions: null,
  totalSessions24h: null,
  totalProjectSessions24h: null,
  adoption: null,
  sessionsAdoption: null,
  stats: {},
  hasHealthData: false,
} as const;
