// Generated from the router in packages/api by `npm run client:generate`. Do not edit.

import type { Mutation, PageLink, Query } from "../procedure.ts";

/** The procedures of the server. */
export type Procedures = {
  releases: {
    create: Mutation<
      {
        organization: string;
        refs?:
          | {
              repository: string;
              commit: string;
              previousCommit?: string | null | undefined;
            }[]
          | undefined;
        headCommits?:
          | {
              repository: string;
              currentId: string;
              previousId?: string | null | undefined;
            }[]
          | undefined;
        ref?: string | null | undefined;
        url?: string | null | undefined;
        dateReleased?: string | Date | null | undefined;
        status?: "archived" | "open" | undefined;
        commits?:
          | {
              id: string;
              repository?: string | null | undefined;
              message?: string | null | undefined;
              author_name?: string | null | undefined;
              author_email?: string | null | undefined;
              timestamp?: string | Date | null | undefined;
              patch_set?:
                | {
                    path: string;
                    type: "A" | "D" | "M";
                  }[]
                | null
                | undefined;
            }[]
          | undefined;
        version: string;
        projects: (string | number)[];
        owner?: string | number | undefined;
      },
      {
        readonly release: {
          ref: string | null;
          url: string | null;
          id: number;
          version: string;
          shortVersion: string;
          versionInfo: {
            package: string | null;
            version: {
              raw: string;
              major?: number | undefined;
              minor?: number | undefined;
              patch?: number | undefined;
              pre?: string | null | undefined;
              buildCode?: string | null | undefined;
              components?: number | undefined;
            };
            description: string;
            buildHash: string | null;
          } | null;
          status: "archived" | "open";
          dateCreated: string;
          dateReleased: string | null;
          data: Record<string, never>;
          newGroups: number;
          owner: {
            id: string;
            name: string;
            username: string;
            email: string;
            avatarUrl: string | null;
            isActive: boolean;
            hasPasswordAuth: boolean;
            isManaged: boolean;
            dateJoined: string;
            lastLogin: string | null;
            has2fa: boolean;
            lastActive: string | null;
            isSuperuser: boolean;
            isStaff: boolean;
            isSuspended: boolean;
            experiments: Record<string, never>;
            emails: {
              id: string;
              email: string;
              is_verified: boolean;
            }[];
            avatar: {
              avatarType: string;
              avatarUuid: string | null;
            };
          } | null;
          commitCount: number;
          lastCommit: {
            id: string;
            message: string | null;
            dateCreated: string;
            pullRequest: null;
            suspectCommitType: string;
            repository: {
              id: string;
              name: string;
              url: string | null;
              provider: {
                id: string;
                name: string;
              };
              status: string;
              dateCreated: string;
              integrationId: string | null;
              externalSlug: string | null;
              externalId: string | null;
            };
            author:
              | Record<string, never>
              | {
                  id: string;
                  name: string;
                  username: string;
                  email: string;
                  avatarUrl: string | null;
                  isActive: boolean;
                  hasPasswordAuth: boolean;
                  isManaged: boolean;
                  dateJoined: string;
                  lastLogin: string | null;
                  has2fa: boolean;
                  lastActive: string | null;
                  isSuperuser: boolean;
                  isStaff: boolean;
                  isSuspended: boolean;
                  experiments: Record<string, never>;
                  emails: {
                    id: string;
                    email: string;
                    is_verified: boolean;
                  }[];
                  avatar: {
                    avatarType: string;
                    avatarUuid: string | null;
                  };
                }
              | {
                  name: string | null;
                  email: string;
                };
            releases: {
              version: string;
              shortVersion: string;
              ref: string | null;
              url: string | null;
              dateReleased: string | null;
              dateCreated: string;
            }[];
          } | null;
          deployCount: number;
          lastDeploy: {
            id: string;
            environment: string;
            dateStarted: string | null;
            dateFinished: string;
            name: string | null;
            url: string | null;
          } | null;
          authors: (
            | {
                id: string;
                name: string;
                username: string;
                email: string;
                avatarUrl: string | null;
                isActive: boolean;
                hasPasswordAuth: boolean;
                isManaged: boolean;
                dateJoined: string;
                lastLogin: string | null;
                has2fa: boolean;
                lastActive: string | null;
                isSuperuser: boolean;
                isStaff: boolean;
                isSuspended: boolean;
                experiments: Record<string, never>;
                emails: {
                  id: string;
                  email: string;
                  is_verified: boolean;
                }[];
                avatar: {
                  avatarType: string;
                  avatarUuid: string | null;
                };
              }
            | {
                name: string | null;
                email: string;
              }
          )[];
          projects: {
            id: number;
            slug: string;
            name: string;
            newGroups: number;
            platform: string | null;
            platforms: string[];
            hasHealthData: boolean;
            healthData?: Record<string, unknown> | null | undefined;
          }[];
          firstEvent: string | null;
          lastEvent: string | null;
          currentProjectMeta: {
            sessionsLowerBound?: string | null | undefined;
            sessionsUpperBound?: string | null | undefined;
            prevReleaseVersion?: string | null | undefined;
            nextReleaseVersion?: string | null | undefined;
            firstReleaseVersion?: string | null | undefined;
            lastReleaseVersion?: string | null | undefined;
          };
          userAgent: string | null;
          adoptionStages?:
            | Record<
                string,
                {
                  stage: string | null;
                  adopted: string | null;
                  unadopted: string | null;
                }
              >
            | null
            | undefined;
        };
        readonly created: boolean;
      }
    >;
    createInProject: Mutation<
      {
        organization: string;
        project: string;
        ref?: string | null | undefined;
        url?: string | null | undefined;
        dateReleased?: string | Date | null | undefined;
        status?: "archived" | "open" | undefined;
        commits?:
          | {
              id: string;
              repository?: string | null | undefined;
              message?: string | null | undefined;
              author_name?: string | null | undefined;
              author_email?: string | null | undefined;
              timestamp?: string | Date | null | undefined;
              patch_set?:
                | {
                    path: string;
                    type: "A" | "D" | "M";
                  }[]
                | null
                | undefined;
            }[]
          | undefined;
        version: string;
        owner?: string | number | undefined;
      },
      {
        readonly release: {
          ref: string | null;
          url: string | null;
          id: number;
          version: string;
          shortVersion: string;
          versionInfo: {
            package: string | null;
            version: {
              raw: string;
              major?: number | undefined;
              minor?: number | undefined;
              patch?: number | undefined;
              pre?: string | null | undefined;
              buildCode?: string | null | undefined;
              components?: number | undefined;
            };
            description: string;
            buildHash: string | null;
          } | null;
          status: "archived" | "open";
          dateCreated: string;
          dateReleased: string | null;
          data: Record<string, never>;
          newGroups: number;
          owner: {
            id: string;
            name: string;
            username: string;
            email: string;
            avatarUrl: string | null;
            isActive: boolean;
            hasPasswordAuth: boolean;
            isManaged: boolean;
            dateJoined: string;
            lastLogin: string | null;
            has2fa: boolean;
            lastActive: string | null;
            isSuperuser: boolean;
            isStaff: boolean;
            isSuspended: boolean;
            experiments: Record<string, never>;
            emails: {
              id: string;
              email: string;
              is_verified: boolean;
            }[];
            avatar: {
              avatarType: string;
              avatarUuid: string | null;
            };
          } | null;
          commitCount: number;
          lastCommit: {
            id: string;
            message: string | null;
            dateCreated: string;
            pullRequest: null;
            suspectCommitType: string;
            repository: {
              id: string;
              name: string;
              url: string | null;
              provider: {
                id: string;
                name: string;
              };
              status: string;
              dateCreated: string;
              integrationId: string | null;
              externalSlug: string | null;
              externalId: string | null;
            };
            author:
              | Record<string, never>
              | {
                  id: string;
                  name: string;
                  username: string;
                  email: string;
                  avatarUrl: string | null;
                  isActive: boolean;
                  hasPasswordAuth: boolean;
                  isManaged: boolean;
                  dateJoined: string;
                  lastLogin: string | null;
                  has2fa: boolean;
                  lastActive: string | null;
                  isSuperuser: boolean;
                  isStaff: boolean;
                  isSuspended: boolean;
                  experiments: Record<string, never>;
                  emails: {
                    id: string;
                    email: string;
                    is_verified: boolean;
                  }[];
                  avatar: {
                    avatarType: string;
                    avatarUuid: string | null;
                  };
                }
              | {
                  name: string | null;
                  email: string;
                };
            releases: {
              version: string;
              shortVersion: string;
              ref: string | null;
              url: string | null;
              dateReleased: string | null;
              dateCreated: string;
            }[];
          } | null;
          deployCount: number;
          lastDeploy: {
            id: string;
            environment: string;
            dateStarted: string | null;
            dateFinished: string;
            name: string | null;
            url: string | null;
          } | null;
          authors: (
            | {
                id: string;
                name: string;
                username: string;
                email: string;
                avatarUrl: string | null;
                isActive: boolean;
                hasPasswordAuth: boolean;
                isManaged: boolean;
                dateJoined: string;
                lastLogin: string | null;
                has2fa: boolean;
                lastActive: string | null;
                isSuperuser: boolean;
                isStaff: boolean;
                isSuspended: boolean;
                experiments: Record<string, never>;
                emails: {
                  id: string;
                  email: string;
                  is_verified: boolean;
                }[];
                avatar: {
                  avatarType: string;
                  avatarUuid: string | null;
                };
              }
            | {
                name: string | null;
                email: string;
              }
          )[];
          projects: {
            id: number;
            slug: string;
            name: string;
            newGroups: number;
            platform: string | null;
            platforms: string[];
            hasHealthData: boolean;
            healthData?: Record<string, unknown> | null | undefined;
          }[];
          firstEvent: string | null;
          lastEvent: string | null;
          currentProjectMeta: {
            sessionsLowerBound?: string | null | undefined;
            sessionsUpperBound?: string | null | undefined;
            prevReleaseVersion?: string | null | undefined;
            nextReleaseVersion?: string | null | undefined;
            firstReleaseVersion?: string | null | undefined;
            lastReleaseVersion?: string | null | undefined;
          };
          userAgent: string | null;
          adoptionStages?:
            | Record<
                string,
                {
                  stage: string | null;
                  adopted: string | null;
                  unadopted: string | null;
                }
              >
            | null
            | undefined;
        };
        readonly created: boolean;
      }
    >;
    list: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        statsPeriod?: string | undefined;
        statsPeriodStart?: string | undefined;
        statsPeriodEnd?: string | undefined;
        start?: string | undefined;
        end?: string | undefined;
        query?: string | undefined;
        project?: string | number | string[] | number[] | undefined;
        projectSlug?: string | string[] | undefined;
        environment?: string | string[] | undefined;
        status?: "" | "archived" | "open" | undefined;
        sort?:
          | "adoption"
          | "build"
          | "crash_free_sessions"
          | "crash_free_users"
          | "date"
          | "semver"
          | "sessions"
          | "sessions_24h"
          | "users"
          | "users_24h"
          | undefined;
        flatten?: string | boolean | undefined;
        health?: string | boolean | undefined;
        adoptionStages?: string | boolean | undefined;
        healthStat?: "sessions" | "users" | undefined;
        summaryStatsPeriod?: "14d" | "1d" | "1h" | "24h" | "2d" | "30d" | "48h" | "7d" | "90d" | undefined;
        healthStatsPeriod?: "14d" | "1d" | "1h" | "24h" | "2d" | "30d" | "48h" | "7d" | "90d" | undefined;
      },
      {
        readonly items: {
          ref: string | null;
          url: string | null;
          id: number;
          version: string;
          shortVersion: string;
          versionInfo: {
            package: string | null;
            version: {
              raw: string;
              major?: number | undefined;
              minor?: number | undefined;
              patch?: number | undefined;
              pre?: string | null | undefined;
              buildCode?: string | null | undefined;
              components?: number | undefined;
            };
            description: string;
            buildHash: string | null;
          } | null;
          status: "archived" | "open";
          dateCreated: string;
          dateReleased: string | null;
          data: Record<string, never>;
          newGroups: number;
          owner: {
            id: string;
            name: string;
            username: string;
            email: string;
            avatarUrl: string | null;
            isActive: boolean;
            hasPasswordAuth: boolean;
            isManaged: boolean;
            dateJoined: string;
            lastLogin: string | null;
            has2fa: boolean;
            lastActive: string | null;
            isSuperuser: boolean;
            isStaff: boolean;
            isSuspended: boolean;
            experiments: Record<string, never>;
            emails: {
              id: string;
              email: string;
              is_verified: boolean;
            }[];
            avatar: {
              avatarType: string;
              avatarUuid: string | null;
            };
          } | null;
          commitCount: number;
          lastCommit: {
            id: string;
            message: string | null;
            dateCreated: string;
            pullRequest: null;
            suspectCommitType: string;
            repository: {
              id: string;
              name: string;
              url: string | null;
              provider: {
                id: string;
                name: string;
              };
              status: string;
              dateCreated: string;
              integrationId: string | null;
              externalSlug: string | null;
              externalId: string | null;
            };
            author:
              | Record<string, never>
              | {
                  id: string;
                  name: string;
                  username: string;
                  email: string;
                  avatarUrl: string | null;
                  isActive: boolean;
                  hasPasswordAuth: boolean;
                  isManaged: boolean;
                  dateJoined: string;
                  lastLogin: string | null;
                  has2fa: boolean;
                  lastActive: string | null;
                  isSuperuser: boolean;
                  isStaff: boolean;
                  isSuspended: boolean;
                  experiments: Record<string, never>;
                  emails: {
                    id: string;
                    email: string;
                    is_verified: boolean;
                  }[];
                  avatar: {
                    avatarType: string;
                    avatarUuid: string | null;
                  };
                }
              | {
                  name: string | null;
                  email: string;
                };
            releases: {
              version: string;
              shortVersion: string;
              ref: string | null;
              url: string | null;
              dateReleased: string | null;
              dateCreated: string;
            }[];
          } | null;
          deployCount: number;
          lastDeploy: {
            id: string;
            environment: string;
            dateStarted: string | null;
            dateFinished: string;
            name: string | null;
            url: string | null;
          } | null;
          authors: (
            | {
                id: string;
                name: string;
                username: string;
                email: string;
                avatarUrl: string | null;
                isActive: boolean;
                hasPasswordAuth: boolean;
                isManaged: boolean;
                dateJoined: string;
                lastLogin: string | null;
                has2fa: boolean;
                lastActive: string | null;
                isSuperuser: boolean;
                isStaff: boolean;
                isSuspended: boolean;
                experiments: Record<string, never>;
                emails: {
                  id: string;
                  email: string;
                  is_verified: boolean;
                }[];
                avatar: {
                  avatarType: string;
                  avatarUuid: string | null;
                };
              }
            | {
                name: string | null;
                email: string;
              }
          )[];
          projects: {
            id: number;
            slug: string;
            name: string;
            newGroups: number;
            platform: string | null;
            platforms: string[];
            hasHealthData: boolean;
            healthData?: Record<string, unknown> | null | undefined;
          }[];
          firstEvent: string | null;
          lastEvent: string | null;
          currentProjectMeta: {
            sessionsLowerBound?: string | null | undefined;
            sessionsUpperBound?: string | null | undefined;
            prevReleaseVersion?: string | null | undefined;
            nextReleaseVersion?: string | null | undefined;
            firstReleaseVersion?: string | null | undefined;
            lastReleaseVersion?: string | null | undefined;
          };
          userAgent: string | null;
          adoptionStages?:
            | Record<
                string,
                {
                  stage: string | null;
                  adopted: string | null;
                  unadopted: string | null;
                }
              >
            | null
            | undefined;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    browse: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        statsPeriod?: string | undefined;
        statsPeriodStart?: string | undefined;
        statsPeriodEnd?: string | undefined;
        start?: string | undefined;
        end?: string | undefined;
        query?: string | undefined;
        project?: string | number | string[] | number[] | undefined;
        projectSlug?: string | string[] | undefined;
        environment?: string | string[] | undefined;
        status?: "" | "archived" | "open" | undefined;
        lacking?: "commits" | "deploys" | undefined;
        sort?: "build" | "date" | "semver" | undefined;
      },
      {
        readonly items: {
          version: string;
          description: string;
          package: string | null;
          status: "archived" | "open";
          dateCreated: string;
          dateReleased: string | null;
          commitCount: number;
          deployCount: number;
          scheme: "build" | "calver" | "hash" | "semver" | "text";
          projects: {
            id: string;
            slug: string;
            name: string;
          }[];
          projectCount: number;
          people: {
            name: string | null;
            email: string;
            userId: string | null;
            isBot: boolean;
          }[];
          peopleCount: number;
          environments: {
            name: string;
            dateFinished: string;
            projects: number;
            isCurrent: boolean;
          }[];
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    count: Query<
      {
        organization: string;
        statsPeriod?: string | undefined;
        statsPeriodStart?: string | undefined;
        statsPeriodEnd?: string | undefined;
        start?: string | undefined;
        end?: string | undefined;
        query?: string | undefined;
        project?: string | number | string[] | number[] | undefined;
        projectSlug?: string | string[] | undefined;
        environment?: string | string[] | undefined;
        status?: "" | "archived" | "open" | undefined;
        lacking?: "commits" | "deploys" | undefined;
      },
      {
        count: number;
        isCapped: boolean;
      }
    >;
    listInProject: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        project: string;
        query?: string | undefined;
        environment?: string | string[] | undefined;
        health?: string | boolean | undefined;
      },
      {
        readonly items: {
          ref: string | null;
          url: string | null;
          id: number;
          version: string;
          shortVersion: string;
          versionInfo: {
            package: string | null;
            version: {
              raw: string;
              major?: number | undefined;
              minor?: number | undefined;
              patch?: number | undefined;
              pre?: string | null | undefined;
              buildCode?: string | null | undefined;
              components?: number | undefined;
            };
            description: string;
            buildHash: string | null;
          } | null;
          status: "archived" | "open";
          dateCreated: string;
          dateReleased: string | null;
          data: Record<string, never>;
          newGroups: number;
          owner: {
            id: string;
            name: string;
            username: string;
            email: string;
            avatarUrl: string | null;
            isActive: boolean;
            hasPasswordAuth: boolean;
            isManaged: boolean;
            dateJoined: string;
            lastLogin: string | null;
            has2fa: boolean;
            lastActive: string | null;
            isSuperuser: boolean;
            isStaff: boolean;
            isSuspended: boolean;
            experiments: Record<string, never>;
            emails: {
              id: string;
              email: string;
              is_verified: boolean;
            }[];
            avatar: {
              avatarType: string;
              avatarUuid: string | null;
            };
          } | null;
          commitCount: number;
          lastCommit: {
            id: string;
            message: string | null;
            dateCreated: string;
            pullRequest: null;
            suspectCommitType: string;
            repository: {
              id: string;
              name: string;
              url: string | null;
              provider: {
                id: string;
                name: string;
              };
              status: string;
              dateCreated: string;
              integrationId: string | null;
              externalSlug: string | null;
              externalId: string | null;
            };
            author:
              | Record<string, never>
              | {
                  id: string;
                  name: string;
                  username: string;
                  email: string;
                  avatarUrl: string | null;
                  isActive: boolean;
                  hasPasswordAuth: boolean;
                  isManaged: boolean;
                  dateJoined: string;
                  lastLogin: string | null;
                  has2fa: boolean;
                  lastActive: string | null;
                  isSuperuser: boolean;
                  isStaff: boolean;
                  isSuspended: boolean;
                  experiments: Record<string, never>;
                  emails: {
                    id: string;
                    email: string;
                    is_verified: boolean;
                  }[];
                  avatar: {
                    avatarType: string;
                    avatarUuid: string | null;
                  };
                }
              | {
                  name: string | null;
                  email: string;
                };
            releases: {
              version: string;
              shortVersion: string;
              ref: string | null;
              url: string | null;
              dateReleased: string | null;
              dateCreated: string;
            }[];
          } | null;
          deployCount: number;
          lastDeploy: {
            id: string;
            environment: string;
            dateStarted: string | null;
            dateFinished: string;
            name: string | null;
            url: string | null;
          } | null;
          authors: (
            | {
                id: string;
                name: string;
                username: string;
                email: string;
                avatarUrl: string | null;
                isActive: boolean;
                hasPasswordAuth: boolean;
                isManaged: boolean;
                dateJoined: string;
                lastLogin: string | null;
                has2fa: boolean;
                lastActive: string | null;
                isSuperuser: boolean;
                isStaff: boolean;
                isSuspended: boolean;
                experiments: Record<string, never>;
                emails: {
                  id: string;
                  email: string;
                  is_verified: boolean;
                }[];
                avatar: {
                  avatarType: string;
                  avatarUuid: string | null;
                };
              }
            | {
                name: string | null;
                email: string;
              }
          )[];
          projects: {
            id: number;
            slug: string;
            name: string;
            newGroups: number;
            platform: string | null;
            platforms: string[];
            hasHealthData: boolean;
            healthData?: Record<string, unknown> | null | undefined;
          }[];
          firstEvent: string | null;
          lastEvent: string | null;
          currentProjectMeta: {
            sessionsLowerBound?: string | null | undefined;
            sessionsUpperBound?: string | null | undefined;
            prevReleaseVersion?: string | null | undefined;
            nextReleaseVersion?: string | null | undefined;
            firstReleaseVersion?: string | null | undefined;
            lastReleaseVersion?: string | null | undefined;
          };
          userAgent: string | null;
          adoptionStages?:
            | Record<
                string,
                {
                  stage: string | null;
                  adopted: string | null;
                  unadopted: string | null;
                }
              >
            | null
            | undefined;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    stats: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        statsPeriod?: string | undefined;
        statsPeriodStart?: string | undefined;
        statsPeriodEnd?: string | undefined;
        start?: string | undefined;
        end?: string | undefined;
        query?: string | undefined;
        project?: string | number | string[] | number[] | undefined;
        projectSlug?: string | string[] | undefined;
        environment?: string | string[] | undefined;
      },
      {
        readonly items: {
          version: string;
          date: string;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    get: Query<
      {
        organization: string;
        version: string;
        health?: string | boolean | undefined;
        adoptionStages?: string | boolean | undefined;
        summaryStatsPeriod?: "14d" | "1d" | "1h" | "24h" | "2d" | "30d" | "48h" | "7d" | "90d" | undefined;
        healthStatsPeriod?: "14d" | "1d" | "1h" | "24h" | "2d" | "30d" | "48h" | "7d" | "90d" | undefined;
        project?: string | number | string[] | undefined;
        sort?: string | undefined;
        status?: string | undefined;
        query?: string | undefined;
        environment?: string | string[] | undefined;
      },
      {
        ref: string | null;
        url: string | null;
        id: number;
        version: string;
        shortVersion: string;
        versionInfo: {
          package: string | null;
          version: {
            raw: string;
            major?: number | undefined;
            minor?: number | undefined;
            patch?: number | undefined;
            pre?: string | null | undefined;
            buildCode?: string | null | undefined;
            components?: number | undefined;
          };
          description: string;
          buildHash: string | null;
        } | null;
        status: "archived" | "open";
        dateCreated: string;
        dateReleased: string | null;
        data: Record<string, never>;
        newGroups: number;
        owner: {
          id: string;
          name: string;
          username: string;
          email: string;
          avatarUrl: string | null;
          isActive: boolean;
          hasPasswordAuth: boolean;
          isManaged: boolean;
          dateJoined: string;
          lastLogin: string | null;
          has2fa: boolean;
          lastActive: string | null;
          isSuperuser: boolean;
          isStaff: boolean;
          isSuspended: boolean;
          experiments: Record<string, never>;
          emails: {
            id: string;
            email: string;
            is_verified: boolean;
          }[];
          avatar: {
            avatarType: string;
            avatarUuid: string | null;
          };
        } | null;
        commitCount: number;
        lastCommit: {
          id: string;
          message: string | null;
          dateCreated: string;
          pullRequest: null;
          suspectCommitType: string;
          repository: {
            id: string;
            name: string;
            url: string | null;
            provider: {
              id: string;
              name: string;
            };
            status: string;
            dateCreated: string;
            integrationId: string | null;
            externalSlug: string | null;
            externalId: string | null;
          };
          author:
            | Record<string, never>
            | {
                id: string;
                name: string;
                username: string;
                email: string;
                avatarUrl: string | null;
                isActive: boolean;
                hasPasswordAuth: boolean;
                isManaged: boolean;
                dateJoined: string;
                lastLogin: string | null;
                has2fa: boolean;
                lastActive: string | null;
                isSuperuser: boolean;
                isStaff: boolean;
                isSuspended: boolean;
                experiments: Record<string, never>;
                emails: {
                  id: string;
                  email: string;
                  is_verified: boolean;
                }[];
                avatar: {
                  avatarType: string;
                  avatarUuid: string | null;
                };
              }
            | {
                name: string | null;
                email: string;
              };
          releases: {
            version: string;
            shortVersion: string;
            ref: string | null;
            url: string | null;
            dateReleased: string | null;
            dateCreated: string;
          }[];
        } | null;
        deployCount: number;
        lastDeploy: {
          id: string;
          environment: string;
          dateStarted: string | null;
          dateFinished: string;
          name: string | null;
          url: string | null;
        } | null;
        authors: (
          | {
              id: string;
              name: string;
              username: string;
              email: string;
              avatarUrl: string | null;
              isActive: boolean;
              hasPasswordAuth: boolean;
              isManaged: boolean;
              dateJoined: string;
              lastLogin: string | null;
              has2fa: boolean;
              lastActive: string | null;
              isSuperuser: boolean;
              isStaff: boolean;
              isSuspended: boolean;
              experiments: Record<string, never>;
              emails: {
                id: string;
                email: string;
                is_verified: boolean;
              }[];
              avatar: {
                avatarType: string;
                avatarUuid: string | null;
              };
            }
          | {
              name: string | null;
              email: string;
            }
        )[];
        projects: {
          id: number;
          slug: string;
          name: string;
          newGroups: number;
          platform: string | null;
          platforms: string[];
          hasHealthData: boolean;
          healthData?: Record<string, unknown> | null | undefined;
        }[];
        firstEvent: string | null;
        lastEvent: string | null;
        currentProjectMeta: {
          sessionsLowerBound?: string | null | undefined;
          sessionsUpperBound?: string | null | undefined;
          prevReleaseVersion?: string | null | undefined;
          nextReleaseVersion?: string | null | undefined;
          firstReleaseVersion?: string | null | undefined;
          lastReleaseVersion?: string | null | undefined;
        };
        userAgent: string | null;
        adoptionStages?:
          | Record<
              string,
              {
                stage: string | null;
                adopted: string | null;
                unadopted: string | null;
              }
            >
          | null
          | undefined;
      }
    >;
    getInProject: Query<
      {
        organization: string;
        project: string;
        version: string;
        health?: string | boolean | undefined;
        adoptionStages?: string | boolean | undefined;
        summaryStatsPeriod?: "14d" | "1d" | "1h" | "24h" | "2d" | "30d" | "48h" | "7d" | "90d" | undefined;
        healthStatsPeriod?: "14d" | "1d" | "1h" | "24h" | "2d" | "30d" | "48h" | "7d" | "90d" | undefined;
      },
      {
        ref: string | null;
        url: string | null;
        id: number;
        version: string;
        shortVersion: string;
        versionInfo: {
          package: string | null;
          version: {
            raw: string;
            major?: number | undefined;
            minor?: number | undefined;
            patch?: number | undefined;
            pre?: string | null | undefined;
            buildCode?: string | null | undefined;
            components?: number | undefined;
          };
          description: string;
          buildHash: string | null;
        } | null;
        status: "archived" | "open";
        dateCreated: string;
        dateReleased: string | null;
        data: Record<string, never>;
        newGroups: number;
        owner: {
          id: string;
          name: string;
          username: string;
          email: string;
          avatarUrl: string | null;
          isActive: boolean;
          hasPasswordAuth: boolean;
          isManaged: boolean;
          dateJoined: string;
          lastLogin: string | null;
          has2fa: boolean;
          lastActive: string | null;
          isSuperuser: boolean;
          isStaff: boolean;
          isSuspended: boolean;
          experiments: Record<string, never>;
          emails: {
            id: string;
            email: string;
            is_verified: boolean;
          }[];
          avatar: {
            avatarType: string;
            avatarUuid: string | null;
          };
        } | null;
        commitCount: number;
        lastCommit: {
          id: string;
          message: string | null;
          dateCreated: string;
          pullRequest: null;
          suspectCommitType: string;
          repository: {
            id: string;
            name: string;
            url: string | null;
            provider: {
              id: string;
              name: string;
            };
            status: string;
            dateCreated: string;
            integrationId: string | null;
            externalSlug: string | null;
            externalId: string | null;
          };
          author:
            | Record<string, never>
            | {
                id: string;
                name: string;
                username: string;
                email: string;
                avatarUrl: string | null;
                isActive: boolean;
                hasPasswordAuth: boolean;
                isManaged: boolean;
                dateJoined: string;
                lastLogin: string | null;
                has2fa: boolean;
                lastActive: string | null;
                isSuperuser: boolean;
                isStaff: boolean;
                isSuspended: boolean;
                experiments: Record<string, never>;
                emails: {
                  id: string;
                  email: string;
                  is_verified: boolean;
                }[];
                avatar: {
                  avatarType: string;
                  avatarUuid: string | null;
                };
              }
            | {
                name: string | null;
                email: string;
              };
          releases: {
            version: string;
            shortVersion: string;
            ref: string | null;
            url: string | null;
            dateReleased: string | null;
            dateCreated: string;
          }[];
        } | null;
        deployCount: number;
        lastDeploy: {
          id: string;
          environment: string;
          dateStarted: string | null;
          dateFinished: string;
          name: string | null;
          url: string | null;
        } | null;
        authors: (
          | {
              id: string;
              name: string;
              username: string;
              email: string;
              avatarUrl: string | null;
              isActive: boolean;
              hasPasswordAuth: boolean;
              isManaged: boolean;
              dateJoined: string;
              lastLogin: string | null;
              has2fa: boolean;
              lastActive: string | null;
              isSuperuser: boolean;
              isStaff: boolean;
              isSuspended: boolean;
              experiments: Record<string, never>;
              emails: {
                id: string;
                email: string;
                is_verified: boolean;
              }[];
              avatar: {
                avatarType: string;
                avatarUuid: string | null;
              };
            }
          | {
              name: string | null;
              email: string;
            }
        )[];
        projects: {
          id: number;
          slug: string;
          name: string;
          newGroups: number;
          platform: string | null;
          platforms: string[];
          hasHealthData: boolean;
          healthData?: Record<string, unknown> | null | undefined;
        }[];
        firstEvent: string | null;
        lastEvent: string | null;
        currentProjectMeta: {
          sessionsLowerBound?: string | null | undefined;
          sessionsUpperBound?: string | null | undefined;
          prevReleaseVersion?: string | null | undefined;
          nextReleaseVersion?: string | null | undefined;
          firstReleaseVersion?: string | null | undefined;
          lastReleaseVersion?: string | null | undefined;
        };
        userAgent: string | null;
        adoptionStages?:
          | Record<
              string,
              {
                stage: string | null;
                adopted: string | null;
                unadopted: string | null;
              }
            >
          | null
          | undefined;
      }
    >;
    head: Query<
      {
        organization: string;
        version: string;
        project?: string | undefined;
      },
      {
        ref: string | null;
        url: string | null;
        version: string;
        versionInfo: {
          package: string | null;
          version: {
            raw: string;
            major?: number | undefined;
            minor?: number | undefined;
            patch?: number | undefined;
            pre?: string | null | undefined;
            buildCode?: string | null | undefined;
            components?: number | undefined;
          };
          description: string;
          buildHash: string | null;
        } | null;
        status: "archived" | "open";
        dateCreated: string;
        dateReleased: string | null;
        owner: {
          name: string | null;
          email: string;
          userId: string | null;
          isBot: boolean;
        } | null;
        commitCount: number;
        heads: {
          repository: string;
          sha: string;
          previousSha: string | null;
          hasPage: boolean;
          hasLinks: boolean;
        }[];
        peopleCount: number;
        deployCount: number;
        artifactCount: number;
        projects: {
          id: string;
          slug: string;
          name: string;
        }[];
        beside: {
          project: string;
          previous: string | null;
          next: string | null;
        } | null;
        environments: {
          deploy: {
            id: string;
            environment: string;
            dateStarted: string | null;
            dateFinished: string;
            name: string | null;
            url: string | null;
            deployer: {
              name: string | null;
              email: string;
              userId: string | null;
              isBot: boolean;
            } | null;
          };
          isCurrent: boolean;
        }[];
        notes: string | null;
        notesHtml: string | null;
        may: {
          change: boolean;
          delete: boolean;
        };
      }
    >;
    meta: Query<
      {
        organization: string;
        version: string;
      },
      {
        version: string;
        versionInfo: {
          package: string | null;
          version: {
            raw: string;
            major?: number | undefined;
            minor?: number | undefined;
            patch?: number | undefined;
            pre?: string | null | undefined;
            buildCode?: string | null | undefined;
            components?: number | undefined;
          };
          description: string;
          buildHash: string | null;
        } | null;
        projects: {
          id: number;
          slug: string;
          name: string;
          newGroups: number;
          platform: string | null;
          platforms: string[];
        }[];
        newGroups: number;
        deployCount: number;
        commitCount: number;
        released: string;
        commitFilesChanged: number;
        releaseFileCount: number;
        isArtifactBundle: boolean;
      }
    >;
    compare: Query<
      {
        organization: string;
        base:
          | string
          | {
              environment: string;
              project: string;
            };
        head:
          | string
          | {
              environment: string;
              project: string;
            };
        limit?: number | undefined;
      },
      {
        base: {
          release: {
            version: string;
            description: string;
            package: string | null;
            status: "archived" | "open";
            dateCreated: string;
            dateReleased: string | null;
            commitCount: number;
            deployCount: number;
          };
          projects: {
            id: string;
            slug: string;
            name: string;
          }[];
          place: {
            project: {
              id: string;
              slug: string;
              name: string;
            };
            deploy: {
              id: string;
              environment: string;
              dateStarted: string | null;
              dateFinished: string;
              name: string | null;
              url: string | null;
              deployer: {
                name: string | null;
                email: string;
                userId: string | null;
                isBot: boolean;
              } | null;
            };
          } | null;
          deploys: {
            total: number;
            items: {
              id: string;
              environment: string;
              dateStarted: string | null;
              dateFinished: string;
              name: string | null;
              url: string | null;
              deployer: {
                name: string | null;
                email: string;
                userId: string | null;
                isBot: boolean;
              } | null;
            }[];
          };
        };
        head: {
          release: {
            version: string;
            description: string;
            package: string | null;
            status: "archived" | "open";
            dateCreated: string;
            dateReleased: string | null;
            commitCount: number;
            deployCount: number;
          };
          projects: {
            id: string;
            slug: string;
            name: string;
          }[];
          place: {
            project: {
              id: string;
              slug: string;
              name: string;
            };
            deploy: {
              id: string;
              environment: string;
              dateStarted: string | null;
              dateFinished: string;
              name: string | null;
              url: string | null;
              deployer: {
                name: string | null;
                email: string;
                userId: string | null;
                isBot: boolean;
              } | null;
            };
          } | null;
          deploys: {
            total: number;
            items: {
              id: string;
              environment: string;
              dateStarted: string | null;
              dateFinished: string;
              name: string | null;
              url: string | null;
              deployer: {
                name: string | null;
                email: string;
                userId: string | null;
                isBot: boolean;
              } | null;
            }[];
          };
        };
        relation: "ahead" | "behind" | "parted" | "same" | "unrelated";
        line: {
          project: {
            id: string;
            slug: string;
            name: string;
          };
          package: string | null;
          lastCommon: {
            version: string;
            description: string;
            package: string | null;
            status: "archived" | "open";
            dateCreated: string;
            dateReleased: string | null;
            commitCount: number;
            deployCount: number;
          } | null;
        } | null;
        added: {
          releases: {
            total: number;
            items: {
              version: string;
              description: string;
              package: string | null;
              status: "archived" | "open";
              dateCreated: string;
              dateReleased: string | null;
              commitCount: number;
              deployCount: number;
            }[];
          };
          releasesWithoutCommits: number;
          commits: {
            total: number;
            items: {
              sha: string;
              subject: string;
              dateCreated: string;
              repository: string;
              author: {
                name: string | null;
                email: string;
                userId: string | null;
                isBot: boolean;
              } | null;
            }[];
          };
          people: {
            total: number;
            items: {
              person: {
                name: string | null;
                email: string;
                userId: string | null;
                isBot: boolean;
              };
              commits: number;
            }[];
          };
          files: {
            total: number;
            items: {
              repository: string;
              path: string;
            }[];
          };
          isCapped: boolean;
        } | null;
        missing: {
          releases: {
            total: number;
            items: {
              version: string;
              description: string;
              package: string | null;
              status: "archived" | "open";
              dateCreated: string;
              dateReleased: string | null;
              commitCount: number;
              deployCount: number;
            }[];
          };
          releasesWithoutCommits: number;
          commits: {
            total: number;
            items: {
              sha: string;
              subject: string;
              dateCreated: string;
              repository: string;
              author: {
                name: string | null;
                email: string;
                userId: string | null;
                isBot: boolean;
              } | null;
            }[];
          };
          people: {
            total: number;
            items: {
              person: {
                name: string | null;
                email: string;
                userId: string | null;
                isBot: boolean;
              };
              commits: number;
            }[];
          };
          files: {
            total: number;
            items: {
              repository: string;
              path: string;
            }[];
          };
          isCapped: boolean;
        } | null;
        reported: {
          sameCommits: boolean;
          commits: {
            onlyHead: {
              total: number;
              items: {
                sha: string;
                subject: string;
                dateCreated: string;
                repository: string;
                author: {
                  name: string | null;
                  email: string;
                  userId: string | null;
                  isBot: boolean;
                } | null;
              }[];
            };
            onlyBase: {
              total: number;
              items: {
                sha: string;
                subject: string;
                dateCreated: string;
                repository: string;
                author: {
                  name: string | null;
                  email: string;
                  userId: string | null;
                  isBot: boolean;
                } | null;
              }[];
            };
            both: {
              total: number;
              items: {
                sha: string;
                subject: string;
                dateCreated: string;
                repository: string;
                author: {
                  name: string | null;
                  email: string;
                  userId: string | null;
                  isBot: boolean;
                } | null;
              }[];
            };
          };
          people: {
            total: number;
            items: {
              person: {
                name: string | null;
                email: string;
                userId: string | null;
                isBot: boolean;
              };
              base: number;
              head: number;
            }[];
          };
          files: {
            onlyHead: {
              total: number;
              items: {
                repository: string;
                path: string;
              }[];
            };
            onlyBase: {
              total: number;
              items: {
                repository: string;
                path: string;
              }[];
            };
            both: {
              total: number;
              items: {
                repository: string;
                path: string;
              }[];
            };
          };
          isCapped: boolean;
        };
      }
    >;
    activity: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        version: string;
      },
      {
        readonly items: {
          id: string;
          kind: "archived" | "changed" | "created" | "deployed" | "finalized" | "linked" | "notes" | "other" | "restored";
          date: string;
          actor: {
            label: string;
            kind: "hook" | "system" | "token" | "user";
            name: string;
            email: string | null;
          } | null;
          action: string | null;
          changes: {
            field: string;
            value: unknown;
            before?: unknown;
          }[];
          deploy: {
            id: string;
            environment: string;
            dateStarted: string | null;
            dateFinished: string;
            name: string | null;
            url: string | null;
            deployer: {
              name: string | null;
              email: string;
              userId: string | null;
              isBot: boolean;
            } | null;
          } | null;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    health: Query<
      {
        organization: string;
        project: string;
        version: string;
        type?: "sessions" | "users" | undefined;
      },
      {
        stats: never[];
        statTotals: {};
        usersBreakdown: never[];
      }
    >;
    previousWithCommits: Query<
      {
        organization: string;
        version: string;
      },
      {
        ref: string | null;
        url: string | null;
        id: number;
        version: string;
        shortVersion: string;
        versionInfo: {
          package: string | null;
          version: {
            raw: string;
            major?: number | undefined;
            minor?: number | undefined;
            patch?: number | undefined;
            pre?: string | null | undefined;
            buildCode?: string | null | undefined;
            components?: number | undefined;
          };
          description: string;
          buildHash: string | null;
        } | null;
        status: "archived" | "open";
        dateCreated: string;
        dateReleased: string | null;
        data: Record<string, never>;
        newGroups: number;
        owner: {
          id: string;
          name: string;
          username: string;
          email: string;
          avatarUrl: string | null;
          isActive: boolean;
          hasPasswordAuth: boolean;
          isManaged: boolean;
          dateJoined: string;
          lastLogin: string | null;
          has2fa: boolean;
          lastActive: string | null;
          isSuperuser: boolean;
          isStaff: boolean;
          isSuspended: boolean;
          experiments: Record<string, never>;
          emails: {
            id: string;
            email: string;
            is_verified: boolean;
          }[];
          avatar: {
            avatarType: string;
            avatarUuid: string | null;
          };
        } | null;
        commitCount: number;
        lastCommit: {
          id: string;
          message: string | null;
          dateCreated: string;
          pullRequest: null;
          suspectCommitType: string;
          repository: {
            id: string;
            name: string;
            url: string | null;
            provider: {
              id: string;
              name: string;
            };
            status: string;
            dateCreated: string;
            integrationId: string | null;
            externalSlug: string | null;
            externalId: string | null;
          };
          author:
            | Record<string, never>
            | {
                id: string;
                name: string;
                username: string;
                email: string;
                avatarUrl: string | null;
                isActive: boolean;
                hasPasswordAuth: boolean;
                isManaged: boolean;
                dateJoined: string;
                lastLogin: string | null;
                has2fa: boolean;
                lastActive: string | null;
                isSuperuser: boolean;
                isStaff: boolean;
                isSuspended: boolean;
                experiments: Record<string, never>;
                emails: {
                  id: string;
                  email: string;
                  is_verified: boolean;
                }[];
                avatar: {
                  avatarType: string;
                  avatarUuid: string | null;
                };
              }
            | {
                name: string | null;
                email: string;
              };
          releases: {
            version: string;
            shortVersion: string;
            ref: string | null;
            url: string | null;
            dateReleased: string | null;
            dateCreated: string;
          }[];
        } | null;
        deployCount: number;
        lastDeploy: {
          id: string;
          environment: string;
          dateStarted: string | null;
          dateFinished: string;
          name: string | null;
          url: string | null;
        } | null;
        authors: (
          | {
              id: string;
              name: string;
              username: string;
              email: string;
              avatarUrl: string | null;
              isActive: boolean;
              hasPasswordAuth: boolean;
              isManaged: boolean;
              dateJoined: string;
              lastLogin: string | null;
              has2fa: boolean;
              lastActive: string | null;
              isSuperuser: boolean;
              isStaff: boolean;
              isSuspended: boolean;
              experiments: Record<string, never>;
              emails: {
                id: string;
                email: string;
                is_verified: boolean;
              }[];
              avatar: {
                avatarType: string;
                avatarUuid: string | null;
              };
            }
          | {
              name: string | null;
              email: string;
            }
        )[];
        projects: {
          id: number;
          slug: string;
          name: string;
          newGroups: number;
          platform: string | null;
          platforms: string[];
          hasHealthData: boolean;
          healthData?: Record<string, unknown> | null | undefined;
        }[];
        firstEvent: string | null;
        lastEvent: string | null;
        currentProjectMeta: {
          sessionsLowerBound?: string | null | undefined;
          sessionsUpperBound?: string | null | undefined;
          prevReleaseVersion?: string | null | undefined;
          nextReleaseVersion?: string | null | undefined;
          firstReleaseVersion?: string | null | undefined;
          lastReleaseVersion?: string | null | undefined;
        };
        userAgent: string | null;
        adoptionStages?:
          | Record<
              string,
              {
                stage: string | null;
                adopted: string | null;
                unadopted: string | null;
              }
            >
          | null
          | undefined;
      } | null
    >;
    resolved: Query<
      {
        organization: string;
        version: string;
      },
      never[]
    >;
    resolvedInProject: Query<
      {
        organization: string;
        project: string;
        version: string;
      },
      never[]
    >;
    update: Mutation<
      {
        organization: string;
        version: string;
        refs?:
          | {
              repository: string;
              commit: string;
              previousCommit?: string | null | undefined;
            }[]
          | undefined;
        headCommits?:
          | {
              repository: string;
              currentId: string;
              previousId?: string | null | undefined;
            }[]
          | undefined;
        ref?: string | null | undefined;
        url?: string | null | undefined;
        dateReleased?: string | Date | null | undefined;
        status?: "archived" | "open" | undefined;
        commits?:
          | {
              id: string;
              repository?: string | null | undefined;
              message?: string | null | undefined;
              author_name?: string | null | undefined;
              author_email?: string | null | undefined;
              timestamp?: string | Date | null | undefined;
              patch_set?:
                | {
                    path: string;
                    type: "A" | "D" | "M";
                  }[]
                | null
                | undefined;
            }[]
          | undefined;
      },
      {
        ref: string | null;
        url: string | null;
        id: number;
        version: string;
        shortVersion: string;
        versionInfo: {
          package: string | null;
          version: {
            raw: string;
            major?: number | undefined;
            minor?: number | undefined;
            patch?: number | undefined;
            pre?: string | null | undefined;
            buildCode?: string | null | undefined;
            components?: number | undefined;
          };
          description: string;
          buildHash: string | null;
        } | null;
        status: "archived" | "open";
        dateCreated: string;
        dateReleased: string | null;
        data: Record<string, never>;
        newGroups: number;
        owner: {
          id: string;
          name: string;
          username: string;
          email: string;
          avatarUrl: string | null;
          isActive: boolean;
          hasPasswordAuth: boolean;
          isManaged: boolean;
          dateJoined: string;
          lastLogin: string | null;
          has2fa: boolean;
          lastActive: string | null;
          isSuperuser: boolean;
          isStaff: boolean;
          isSuspended: boolean;
          experiments: Record<string, never>;
          emails: {
            id: string;
            email: string;
            is_verified: boolean;
          }[];
          avatar: {
            avatarType: string;
            avatarUuid: string | null;
          };
        } | null;
        commitCount: number;
        lastCommit: {
          id: string;
          message: string | null;
          dateCreated: string;
          pullRequest: null;
          suspectCommitType: string;
          repository: {
            id: string;
            name: string;
            url: string | null;
            provider: {
              id: string;
              name: string;
            };
            status: string;
            dateCreated: string;
            integrationId: string | null;
            externalSlug: string | null;
            externalId: string | null;
          };
          author:
            | Record<string, never>
            | {
                id: string;
                name: string;
                username: string;
                email: string;
                avatarUrl: string | null;
                isActive: boolean;
                hasPasswordAuth: boolean;
                isManaged: boolean;
                dateJoined: string;
                lastLogin: string | null;
                has2fa: boolean;
                lastActive: string | null;
                isSuperuser: boolean;
                isStaff: boolean;
                isSuspended: boolean;
                experiments: Record<string, never>;
                emails: {
                  id: string;
                  email: string;
                  is_verified: boolean;
                }[];
                avatar: {
                  avatarType: string;
                  avatarUuid: string | null;
                };
              }
            | {
                name: string | null;
                email: string;
              };
          releases: {
            version: string;
            shortVersion: string;
            ref: string | null;
            url: string | null;
            dateReleased: string | null;
            dateCreated: string;
          }[];
        } | null;
        deployCount: number;
        lastDeploy: {
          id: string;
          environment: string;
          dateStarted: string | null;
          dateFinished: string;
          name: string | null;
          url: string | null;
        } | null;
        authors: (
          | {
              id: string;
              name: string;
              username: string;
              email: string;
              avatarUrl: string | null;
              isActive: boolean;
              hasPasswordAuth: boolean;
              isManaged: boolean;
              dateJoined: string;
              lastLogin: string | null;
              has2fa: boolean;
              lastActive: string | null;
              isSuperuser: boolean;
              isStaff: boolean;
              isSuspended: boolean;
              experiments: Record<string, never>;
              emails: {
                id: string;
                email: string;
                is_verified: boolean;
              }[];
              avatar: {
                avatarType: string;
                avatarUuid: string | null;
              };
            }
          | {
              name: string | null;
              email: string;
            }
        )[];
        projects: {
          id: number;
          slug: string;
          name: string;
          newGroups: number;
          platform: string | null;
          platforms: string[];
          hasHealthData: boolean;
          healthData?: Record<string, unknown> | null | undefined;
        }[];
        firstEvent: string | null;
        lastEvent: string | null;
        currentProjectMeta: {
          sessionsLowerBound?: string | null | undefined;
          sessionsUpperBound?: string | null | undefined;
          prevReleaseVersion?: string | null | undefined;
          nextReleaseVersion?: string | null | undefined;
          firstReleaseVersion?: string | null | undefined;
          lastReleaseVersion?: string | null | undefined;
        };
        userAgent: string | null;
        adoptionStages?:
          | Record<
              string,
              {
                stage: string | null;
                adopted: string | null;
                unadopted: string | null;
              }
            >
          | null
          | undefined;
      }
    >;
    updateInProject: Mutation<
      {
        organization: string;
        project: string;
        version: string;
        ref?: string | null | undefined;
        url?: string | null | undefined;
        dateReleased?: string | Date | null | undefined;
        status?: "archived" | "open" | undefined;
        commits?:
          | {
              id: string;
              repository?: string | null | undefined;
              message?: string | null | undefined;
              author_name?: string | null | undefined;
              author_email?: string | null | undefined;
              timestamp?: string | Date | null | undefined;
              patch_set?:
                | {
                    path: string;
                    type: "A" | "D" | "M";
                  }[]
                | null
                | undefined;
            }[]
          | undefined;
      },
      {
        ref: string | null;
        url: string | null;
        id: number;
        version: string;
        shortVersion: string;
        versionInfo: {
          package: string | null;
          version: {
            raw: string;
            major?: number | undefined;
            minor?: number | undefined;
            patch?: number | undefined;
            pre?: string | null | undefined;
            buildCode?: string | null | undefined;
            components?: number | undefined;
          };
          description: string;
          buildHash: string | null;
        } | null;
        status: "archived" | "open";
        dateCreated: string;
        dateReleased: string | null;
        data: Record<string, never>;
        newGroups: number;
        owner: {
          id: string;
          name: string;
          username: string;
          email: string;
          avatarUrl: string | null;
          isActive: boolean;
          hasPasswordAuth: boolean;
          isManaged: boolean;
          dateJoined: string;
          lastLogin: string | null;
          has2fa: boolean;
          lastActive: string | null;
          isSuperuser: boolean;
          isStaff: boolean;
          isSuspended: boolean;
          experiments: Record<string, never>;
          emails: {
            id: string;
            email: string;
            is_verified: boolean;
          }[];
          avatar: {
            avatarType: string;
            avatarUuid: string | null;
          };
        } | null;
        commitCount: number;
        lastCommit: {
          id: string;
          message: string | null;
          dateCreated: string;
          pullRequest: null;
          suspectCommitType: string;
          repository: {
            id: string;
            name: string;
            url: string | null;
            provider: {
              id: string;
              name: string;
            };
            status: string;
            dateCreated: string;
            integrationId: string | null;
            externalSlug: string | null;
            externalId: string | null;
          };
          author:
            | Record<string, never>
            | {
                id: string;
                name: string;
                username: string;
                email: string;
                avatarUrl: string | null;
                isActive: boolean;
                hasPasswordAuth: boolean;
                isManaged: boolean;
                dateJoined: string;
                lastLogin: string | null;
                has2fa: boolean;
                lastActive: string | null;
                isSuperuser: boolean;
                isStaff: boolean;
                isSuspended: boolean;
                experiments: Record<string, never>;
                emails: {
                  id: string;
                  email: string;
                  is_verified: boolean;
                }[];
                avatar: {
                  avatarType: string;
                  avatarUuid: string | null;
                };
              }
            | {
                name: string | null;
                email: string;
              };
          releases: {
            version: string;
            shortVersion: string;
            ref: string | null;
            url: string | null;
            dateReleased: string | null;
            dateCreated: string;
          }[];
        } | null;
        deployCount: number;
        lastDeploy: {
          id: string;
          environment: string;
          dateStarted: string | null;
          dateFinished: string;
          name: string | null;
          url: string | null;
        } | null;
        authors: (
          | {
              id: string;
              name: string;
              username: string;
              email: string;
              avatarUrl: string | null;
              isActive: boolean;
              hasPasswordAuth: boolean;
              isManaged: boolean;
              dateJoined: string;
              lastLogin: string | null;
              has2fa: boolean;
              lastActive: string | null;
              isSuperuser: boolean;
              isStaff: boolean;
              isSuspended: boolean;
              experiments: Record<string, never>;
              emails: {
                id: string;
                email: string;
                is_verified: boolean;
              }[];
              avatar: {
                avatarType: string;
                avatarUuid: string | null;
              };
            }
          | {
              name: string | null;
              email: string;
            }
        )[];
        projects: {
          id: number;
          slug: string;
          name: string;
          newGroups: number;
          platform: string | null;
          platforms: string[];
          hasHealthData: boolean;
          healthData?: Record<string, unknown> | null | undefined;
        }[];
        firstEvent: string | null;
        lastEvent: string | null;
        currentProjectMeta: {
          sessionsLowerBound?: string | null | undefined;
          sessionsUpperBound?: string | null | undefined;
          prevReleaseVersion?: string | null | undefined;
          nextReleaseVersion?: string | null | undefined;
          firstReleaseVersion?: string | null | undefined;
          lastReleaseVersion?: string | null | undefined;
        };
        userAgent: string | null;
        adoptionStages?:
          | Record<
              string,
              {
                stage: string | null;
                adopted: string | null;
                unadopted: string | null;
              }
            >
          | null
          | undefined;
      }
    >;
    edit: Mutation<
      {
        organization: string;
        version: string;
        ref?: string | null | undefined;
        url?: string | null | undefined;
        dateReleased?: string | Date | null | undefined;
        owner?: string | number | null | undefined;
      },
      {
        ref: string | null;
        url: string | null;
        id: number;
        version: string;
        shortVersion: string;
        versionInfo: {
          package: string | null;
          version: {
            raw: string;
            major?: number | undefined;
            minor?: number | undefined;
            patch?: number | undefined;
            pre?: string | null | undefined;
            buildCode?: string | null | undefined;
            components?: number | undefined;
          };
          description: string;
          buildHash: string | null;
        } | null;
        status: "archived" | "open";
        dateCreated: string;
        dateReleased: string | null;
        data: Record<string, never>;
        newGroups: number;
        owner: {
          id: string;
          name: string;
          username: string;
          email: string;
          avatarUrl: string | null;
          isActive: boolean;
          hasPasswordAuth: boolean;
          isManaged: boolean;
          dateJoined: string;
          lastLogin: string | null;
          has2fa: boolean;
          lastActive: string | null;
          isSuperuser: boolean;
          isStaff: boolean;
          isSuspended: boolean;
          experiments: Record<string, never>;
          emails: {
            id: string;
            email: string;
            is_verified: boolean;
          }[];
          avatar: {
            avatarType: string;
            avatarUuid: string | null;
          };
        } | null;
        commitCount: number;
        lastCommit: {
          id: string;
          message: string | null;
          dateCreated: string;
          pullRequest: null;
          suspectCommitType: string;
          repository: {
            id: string;
            name: string;
            url: string | null;
            provider: {
              id: string;
              name: string;
            };
            status: string;
            dateCreated: string;
            integrationId: string | null;
            externalSlug: string | null;
            externalId: string | null;
          };
          author:
            | Record<string, never>
            | {
                id: string;
                name: string;
                username: string;
                email: string;
                avatarUrl: string | null;
                isActive: boolean;
                hasPasswordAuth: boolean;
                isManaged: boolean;
                dateJoined: string;
                lastLogin: string | null;
                has2fa: boolean;
                lastActive: string | null;
                isSuperuser: boolean;
                isStaff: boolean;
                isSuspended: boolean;
                experiments: Record<string, never>;
                emails: {
                  id: string;
                  email: string;
                  is_verified: boolean;
                }[];
                avatar: {
                  avatarType: string;
                  avatarUuid: string | null;
                };
              }
            | {
                name: string | null;
                email: string;
              };
          releases: {
            version: string;
            shortVersion: string;
            ref: string | null;
            url: string | null;
            dateReleased: string | null;
            dateCreated: string;
          }[];
        } | null;
        deployCount: number;
        lastDeploy: {
          id: string;
          environment: string;
          dateStarted: string | null;
          dateFinished: string;
          name: string | null;
          url: string | null;
        } | null;
        authors: (
          | {
              id: string;
              name: string;
              username: string;
              email: string;
              avatarUrl: string | null;
              isActive: boolean;
              hasPasswordAuth: boolean;
              isManaged: boolean;
              dateJoined: string;
              lastLogin: string | null;
              has2fa: boolean;
              lastActive: string | null;
              isSuperuser: boolean;
              isStaff: boolean;
              isSuspended: boolean;
              experiments: Record<string, never>;
              emails: {
                id: string;
                email: string;
                is_verified: boolean;
              }[];
              avatar: {
                avatarType: string;
                avatarUuid: string | null;
              };
            }
          | {
              name: string | null;
              email: string;
            }
        )[];
        projects: {
          id: number;
          slug: string;
          name: string;
          newGroups: number;
          platform: string | null;
          platforms: string[];
          hasHealthData: boolean;
          healthData?: Record<string, unknown> | null | undefined;
        }[];
        firstEvent: string | null;
        lastEvent: string | null;
        currentProjectMeta: {
          sessionsLowerBound?: string | null | undefined;
          sessionsUpperBound?: string | null | undefined;
          prevReleaseVersion?: string | null | undefined;
          nextReleaseVersion?: string | null | undefined;
          firstReleaseVersion?: string | null | undefined;
          lastReleaseVersion?: string | null | undefined;
        };
        userAgent: string | null;
        adoptionStages?:
          | Record<
              string,
              {
                stage: string | null;
                adopted: string | null;
                unadopted: string | null;
              }
            >
          | null
          | undefined;
      }
    >;
    changeStatus: Mutation<
      {
        organization: string;
        versions: string[];
        status: "archived" | "open";
      },
      {
        changed: string[];
        unchanged: string[];
      }
    >;
    delete: Mutation<
      {
        organization: string;
        version: string;
      },
      void
    >;
    previewDeletion: Query<
      {
        organization: string;
        version: string;
      },
      {
        projects: {
          id: string;
          slug: string;
          name: string;
        }[];
        commits: number;
        deploys: number;
        environments: {
          name: string;
          projects: string[];
        }[];
        notes: boolean;
        canDelete: boolean;
        reason: string | null;
      }
    >;
    deleteInProject: Mutation<
      {
        organization: string;
        project: string;
        version: string;
      },
      void
    >;
  };
  commits: {
    ofRelease: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        version: string;
      },
      {
        readonly items: {
          id: string;
          message: string | null;
          dateCreated: string;
          pullRequest: null;
          suspectCommitType: string;
          repository: {
            id: string;
            name: string;
            url: string | null;
            provider: {
              id: string;
              name: string;
            };
            status: string;
            dateCreated: string;
            integrationId: string | null;
            externalSlug: string | null;
            externalId: string | null;
          };
          author:
            | Record<string, never>
            | {
                id: string;
                name: string;
                username: string;
                email: string;
                avatarUrl: string | null;
                isActive: boolean;
                hasPasswordAuth: boolean;
                isManaged: boolean;
                dateJoined: string;
                lastLogin: string | null;
                has2fa: boolean;
                lastActive: string | null;
                isSuperuser: boolean;
                isStaff: boolean;
                isSuspended: boolean;
                experiments: Record<string, never>;
                emails: {
                  id: string;
                  email: string;
                  is_verified: boolean;
                }[];
                avatar: {
                  avatarType: string;
                  avatarUuid: string | null;
                };
              }
            | {
                name: string | null;
                email: string;
              };
          releases: {
            version: string;
            shortVersion: string;
            ref: string | null;
            url: string | null;
            dateReleased: string | null;
            dateCreated: string;
          }[];
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    ofReleaseInProject: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        project: string;
        version: string;
        repo_id?: string | undefined;
        repo_name?: string | undefined;
      },
      {
        readonly items: {
          id: string;
          message: string | null;
          dateCreated: string;
          pullRequest: null;
          suspectCommitType: string;
          repository: {
            id: string;
            name: string;
            url: string | null;
            provider: {
              id: string;
              name: string;
            };
            status: string;
            dateCreated: string;
            integrationId: string | null;
            externalSlug: string | null;
            externalId: string | null;
          };
          author:
            | Record<string, never>
            | {
                id: string;
                name: string;
                username: string;
                email: string;
                avatarUrl: string | null;
                isActive: boolean;
                hasPasswordAuth: boolean;
                isManaged: boolean;
                dateJoined: string;
                lastLogin: string | null;
                has2fa: boolean;
                lastActive: string | null;
                isSuperuser: boolean;
                isStaff: boolean;
                isSuspended: boolean;
                experiments: Record<string, never>;
                emails: {
                  id: string;
                  email: string;
                  is_verified: boolean;
                }[];
                avatar: {
                  avatarType: string;
                  avatarUuid: string | null;
                };
              }
            | {
                name: string | null;
                email: string;
              };
          releases: {
            version: string;
            shortVersion: string;
            ref: string | null;
            url: string | null;
            dateReleased: string | null;
            dateCreated: string;
          }[];
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    ofProject: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        project: string;
        query?: string | undefined;
      },
      {
        readonly items: {
          id: string;
          message: string | null;
          dateCreated: string;
          pullRequest: null;
          suspectCommitType: string;
          repository: {
            id: string;
            name: string;
            url: string | null;
            provider: {
              id: string;
              name: string;
            };
            status: string;
            dateCreated: string;
            integrationId: string | null;
            externalSlug: string | null;
            externalId: string | null;
          };
          author:
            | Record<string, never>
            | {
                id: string;
                name: string;
                username: string;
                email: string;
                avatarUrl: string | null;
                isActive: boolean;
                hasPasswordAuth: boolean;
                isManaged: boolean;
                dateJoined: string;
                lastLogin: string | null;
                has2fa: boolean;
                lastActive: string | null;
                isSuperuser: boolean;
                isStaff: boolean;
                isSuspended: boolean;
                experiments: Record<string, never>;
                emails: {
                  id: string;
                  email: string;
                  is_verified: boolean;
                }[];
                avatar: {
                  avatarType: string;
                  avatarUuid: string | null;
                };
              }
            | {
                name: string | null;
                email: string;
              };
          releases: {
            version: string;
            shortVersion: string;
            ref: string | null;
            url: string | null;
            dateReleased: string | null;
            dateCreated: string;
          }[];
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    get: Query<
      {
        organization: string;
        sha: string;
        repository?: string | undefined;
      },
      {
        sha: string;
        message: string | null;
        dateCreated: string;
        author: {
          name: string | null;
          email: string;
          userId: string | null;
          isBot: boolean;
        } | null;
        repository: {
          name: string;
          url: string | null;
          links: {
            host?: "azure" | "bitbucket" | "bitbucket-server" | "gitea" | "github" | "gitlab" | undefined;
            templates?:
              | {
                  commit?: string | undefined;
                  request?: string | undefined;
                  issue?: string | undefined;
                  file?: string | undefined;
                  compare?: string | undefined;
                }
              | undefined;
          } | null;
          ticketUrl: string | null;
        };
        files: {
          total: number;
          items: {
            path: string;
            type: string;
          }[];
        };
        releases: {
          total: number;
          items: {
            version: string;
            description: string;
            package: string | null;
            status: "archived" | "open";
            dateCreated: string;
            dateReleased: string | null;
            commitCount: number;
            deployCount: number;
          }[];
        };
        environments: {
          project: {
            id: string;
            slug: string;
            name: string;
          };
          environment: string;
          state: "live" | "missing" | "passed" | "rolled-back";
          version: string;
          date: string;
        }[];
        neighbors: {
          unreleased: number;
          isCapped: boolean;
        } | null;
      }
    >;
    files: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        version: string;
        repo_id?: string | undefined;
        repo_name?: string | undefined;
      },
      {
        readonly items: {
          id: string;
          orgId: number;
          author:
            | Record<string, never>
            | {
                id: string;
                name: string;
                username: string;
                email: string;
                avatarUrl: string | null;
                isActive: boolean;
                hasPasswordAuth: boolean;
                isManaged: boolean;
                dateJoined: string;
                lastLogin: string | null;
                has2fa: boolean;
                lastActive: string | null;
                isSuperuser: boolean;
                isStaff: boolean;
                isSuspended: boolean;
                experiments: Record<string, never>;
                emails: {
                  id: string;
                  email: string;
                  is_verified: boolean;
                }[];
                avatar: {
                  avatarType: string;
                  avatarUuid: string | null;
                };
              }
            | {
                name: string | null;
                email: string;
              };
          commitMessage: string | null;
          filename: string;
          type: string;
          repoName: string;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    paths: Query<
      {
        organization: string;
        version: string;
      },
      {
        total: number;
        items: {
          repository: string;
          path: string;
          type: "A" | "D" | "M";
          commits: number;
        }[];
        repositories: {
          name: string;
          url: string | null;
          links: {
            host?: "azure" | "bitbucket" | "bitbucket-server" | "gitea" | "github" | "gitlab" | undefined;
            templates?:
              | {
                  commit?: string | undefined;
                  request?: string | undefined;
                  issue?: string | undefined;
                  file?: string | undefined;
                  compare?: string | undefined;
                }
              | undefined;
          } | null;
          ticketUrl: string | null;
          sha: string;
        }[];
      }
    >;
    authors: Query<
      {
        organization: string;
        version: string;
      },
      {
        total: number;
        items: {
          person: {
            name: string | null;
            email: string;
            userId: string | null;
            isBot: boolean;
          };
          commits: number;
          lastCommit: string;
        }[];
        unnamed: number;
      }
    >;
    repositories: Query<
      {
        organization: string;
        project: string;
        version: string;
      },
      {
        id: string;
        name: string;
        url: string | null;
        provider: {
          id: string;
          name: string;
        };
        status: string;
        dateCreated: string;
        integrationId: string | null;
        externalSlug: string | null;
        externalId: string | null;
      }[]
    >;
    report: Mutation<
      {
        organization: string;
        commits: {
          id: string;
          repository?: string | null | undefined;
          message?: string | null | undefined;
          author_name?: string | null | undefined;
          author_email?: string | null | undefined;
          timestamp?: string | Date | null | undefined;
          patch_set?:
            | {
                path: string;
                type: "A" | "D" | "M";
              }[]
            | null
            | undefined;
        }[];
      },
      {
        stored: number;
      }
    >;
  };
  deploys: {
    create: Mutation<
      {
        organization: string;
        version: string;
        environment: string;
        name?: string | null | undefined;
        url?: string | null | undefined;
        dateStarted?: string | Date | null | undefined;
        dateFinished?: string | Date | null | undefined;
        projects?: (string | number)[] | undefined;
      },
      {
        id: string;
        environment: string;
        dateStarted: string | null;
        dateFinished: string;
        name: string | null;
        url: string | null;
      }
    >;
    list: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        version: string;
        project?: string | number | string[] | undefined;
        projectSlug?: string | string[] | undefined;
        all?: string | boolean | undefined;
      },
      {
        readonly items: {
          id: string;
          environment: string;
          dateStarted: string | null;
          dateFinished: string;
          name: string | null;
          url: string | null;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    ofRelease: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        version: string;
      },
      {
        readonly items: {
          id: string;
          environment: string;
          dateStarted: string | null;
          dateFinished: string;
          name: string | null;
          url: string | null;
          deployer: {
            name: string | null;
            email: string;
            userId: string | null;
            isBot: boolean;
          } | null;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    recent: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        project?: string | number | string[] | undefined;
        environment?: string | string[] | undefined;
        from?: string | Date | undefined;
        to?: string | Date | undefined;
      },
      {
        readonly items: {
          id: string;
          environment: string;
          dateStarted: string | null;
          dateFinished: string;
          name: string | null;
          url: string | null;
          deployer: {
            name: string | null;
            email: string;
            userId: string | null;
            isBot: boolean;
          } | null;
          version: string;
          projects: {
            id: string;
            slug: string;
            name: string;
            from: string | null;
          }[];
          from: {
            deployId: string;
            version: string;
            dateFinished: string;
          } | null;
          kind: "again" | "back" | "first" | "forward";
          duration: number | null;
          gap: number | null;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
  };
  environments: {
    list: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        visibility?: "all" | "hidden" | "visible" | undefined;
      },
      {
        readonly items: {
          id: string;
          name: string;
          isHidden: boolean;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    listInProject: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        project: string;
        visibility?: "all" | "hidden" | "visible" | undefined;
      },
      {
        readonly items: {
          id: string;
          name: string;
          isHidden: boolean;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    deploys: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        environment: string;
        project?: string | number | string[] | undefined;
      },
      {
        readonly items: {
          id: string;
          environment: string;
          dateStarted: string | null;
          dateFinished: string;
          name: string | null;
          url: string | null;
          deployer: {
            name: string | null;
            email: string;
            userId: string | null;
            isBot: boolean;
          } | null;
          version: string;
          projects: {
            id: string;
            slug: string;
            name: string;
            from: string | null;
          }[];
          from: {
            deployId: string;
            version: string;
            dateFinished: string;
          } | null;
          kind: "again" | "back" | "first" | "forward";
          duration: number | null;
          gap: number | null;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    setHidden: Mutation<
      {
        organization: string;
        project: string;
        environment: string;
        isHidden: boolean;
      },
      {
        id: string;
        name: string;
        isHidden: boolean;
      }
    >;
    setOrder: Mutation<
      {
        organization: string;
        environments: string[];
      },
      {
        environments: string[];
      }
    >;
  };
  files: {
    list: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        version: string;
        query?: string | string[] | undefined;
        checksum?: string | string[] | undefined;
      },
      {
        readonly items: {
          id: string;
          name: string;
          dist: string | null;
          headers: Record<string, string>;
          size: number;
          sha1: string;
          dateCreated: string;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    listInProject: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        project: string;
        version: string;
        query?: string | string[] | undefined;
        checksum?: string | string[] | undefined;
      },
      {
        readonly items: {
          id: string;
          name: string;
          dist: string | null;
          headers: Record<string, string>;
          size: number;
          sha1: string;
          dateCreated: string;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    get: Query<
      {
        organization: string;
        version: string;
        file: string;
      },
      {
        id: string;
        name: string;
        dist: string | null;
        headers: Record<string, string>;
        size: number;
        sha1: string;
        dateCreated: string;
      }
    >;
    rename: Mutation<
      {
        organization: string;
        version: string;
        file: string;
        name: string;
      },
      {
        id: string;
        name: string;
        dist: string | null;
        headers: Record<string, string>;
        size: number;
        sha1: string;
        dateCreated: string;
      }
    >;
    renameInProject: Mutation<
      {
        organization: string;
        project: string;
        version: string;
        file: string;
        name: string;
      },
      {
        id: string;
        name: string;
        dist: string | null;
        headers: Record<string, string>;
        size: number;
        sha1: string;
        dateCreated: string;
      }
    >;
    delete: Mutation<
      {
        organization: string;
        version: string;
        file: string;
      },
      void
    >;
    deleteInProject: Mutation<
      {
        organization: string;
        project: string;
        version: string;
        file: string;
      },
      void
    >;
    sourceMaps: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        query?: string | undefined;
        project: string;
      },
      {
        readonly items: {
          type: "release";
          id: number;
          name: string;
          date: string;
          fileCount: number;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    deleteSourceMaps: Mutation<
      {
        organization: string;
        name?: string | undefined;
        project: string;
      },
      void
    >;
  };
  artifacts: {
    uploadOptions: Query<
      {
        organization: string;
      },
      {
        url: string;
        chunkSize: number;
        chunksPerRequest: number;
        maxFileSize: number;
        maxRequestSize: number;
        concurrency: number;
        hashAlgorithm: "sha1";
        compression: string[];
        accept: string[];
      }
    >;
    bundles: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        query?: string | undefined;
        sortBy?: string | undefined;
        project: string;
      },
      {
        readonly items: {
          bundleId: string;
          associations: {
            release: string | null;
            dist: string | null;
          }[];
          fileCount: number;
          dateModified: string | null;
          date: string;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    bundleFiles: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        query?: string | undefined;
        project: string;
        bundle: string;
      },
      {
        readonly bundle: {
          bundleId: string;
          associations: {
            release: string | null;
            dist: string | null;
          }[];
          fileCount: number;
          dateModified: string | null;
          date: string;
        };
        readonly files: {
          readonly items: {
            id: string;
            fileType: number;
            filePath: string;
            fileSize: number;
            debugId: string | null;
            sourcemap: string | null;
          }[];
          readonly previous: PageLink | null;
          readonly next: PageLink | null;
        };
      }
    >;
    browse: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        query?: string | undefined;
        project: string;
      },
      {
        readonly items: {
          id: string;
          bundleId: string;
          associations: {
            release: string;
            dist: string | null;
          }[];
          projects: string[];
          fileCount: number;
          size: number;
          date: string;
          dateModified: string | null;
          counts: {
            minified: number;
            maps: number;
            sources: number;
            missing: number;
          } | null;
          matches: number;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    browseFiles: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        query?: string | undefined;
        missing?: string | boolean | undefined;
        project: string;
        bundle: string;
      },
      {
        readonly bundle: {
          id: string;
          bundleId: string;
          associations: {
            release: string;
            dist: string | null;
          }[];
          projects: string[];
          fileCount: number;
          size: number;
          date: string;
          dateModified: string | null;
          counts: {
            minified: number;
            maps: number;
            sources: number;
            missing: number;
          } | null;
          matches: number;
        };
        readonly files: {
          readonly items: {
            id: string;
            name: string;
            kind: "map" | "minified" | "ram-bundle" | "source" | "unknown";
            size: number;
            debugId: string | null;
            missing: {
              reason: "missing" | "no-reference" | "unreachable";
              map: string | null;
            } | null;
          }[];
          readonly previous: PageLink | null;
          readonly next: PageLink | null;
        };
      }
    >;
    checkMap: Query<
      {
        organization: string;
        project: string;
        bundle: string;
        file: string;
      },
      | {
          problem: string;
        }
      | {
          problem: null;
          sources: number;
          withText: number;
          without: string[];
        }
    >;
    ofRelease: Query<
      {
        organization: string;
        version: string;
      },
      {
        bundles: number;
        bundledFiles: number;
        bundledSize: number;
        files: number;
        filesSize: number;
        members: number;
        archives: number;
        archivesSize: number;
        dists: (string | null)[];
      }
    >;
    browseOfRelease: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        query?: string | undefined;
        version: string;
      },
      {
        readonly items: {
          id: string;
          bundleId: string;
          associations: {
            release: string;
            dist: string | null;
          }[];
          projects: string[];
          fileCount: number;
          size: number;
          date: string;
          dateModified: string | null;
          counts: {
            minified: number;
            maps: number;
            sources: number;
            missing: number;
          } | null;
          matches: number;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    previewDeletion: Query<
      {
        organization: string;
        project: string;
        bundle: string;
      },
      {
        bundles: number;
        files: number;
        freed: number;
        releases: string[];
        keptBy: number;
        canDelete: boolean;
        reason: string | null;
      }
    >;
    deleteBundle: Mutation<
      {
        organization: string;
        bundleId?: string | undefined;
        project: string;
      },
      void
    >;
    resolveStack: Query<
      {
        organization: string;
        project: string;
        release?: string | undefined;
        dist?: string | undefined;
        stack: string;
        debugIds?: Record<string, string> | undefined;
        files?: Record<string, string> | undefined;
      },
      {
        lines: {
          text: string;
          frame: {
            functionName: string | null;
            originalFunction: string | null;
            url: string | null;
            line: number | null;
            column: number | null;
            original: {
              source: string;
              line: number;
              column: number;
              name: string | null;
              context: {
                firstLine: number;
                before: string[];
                line: string;
                lineStart: number;
                after: string[];
              } | null;
            } | null;
            miss: {
              reason:
                | "ambiguous"
                | "beyond-limit"
                | "debug-id-not-injected"
                | "debug-id-unknown"
                | "dist-differs"
                | "file-missing"
                | "file-unreadable"
                | "map-missing"
                | "map-of-other-build"
                | "map-reference-missing"
                | "map-unreadable"
                | "no-address"
                | "no-position"
                | "no-sources-content"
                | "nothing-uploaded"
                | "other-build"
                | "path-differs"
                | "position-outside"
                | "position-unmapped"
                | "release-missing"
                | "release-unknown";
              sentence: string;
              fix: string;
              near?: string[] | undefined;
            } | null;
            match: {
              by: "choice" | "map" | "path" | "reference";
              file: string;
              sentence: string;
            } | null;
          } | null;
        }[];
        frames: number;
        resolved: number;
        choices: {
          url: string;
          chosen: string | null;
          files: {
            id: string;
            name: string;
            builtName: string | null;
            dateUploaded: string;
          }[];
        }[];
      }
    >;
    explainFrame: Query<
      {
        organization: string;
        project: string;
        release?: string | undefined;
        dist?: string | undefined;
        url?: string | undefined;
        line?: number | undefined;
        column?: number | undefined;
        debugId?: string | undefined;
      },
      {
        functionName: string | null;
        originalFunction: string | null;
        url: string | null;
        line: number | null;
        column: number | null;
        original: {
          source: string;
          line: number;
          column: number;
          name: string | null;
          context: {
            firstLine: number;
            before: string[];
            line: string;
            lineStart: number;
            after: string[];
          } | null;
        } | null;
        miss: {
          reason:
            | "ambiguous"
            | "beyond-limit"
            | "debug-id-not-injected"
            | "debug-id-unknown"
            | "dist-differs"
            | "file-missing"
            | "file-unreadable"
            | "map-missing"
            | "map-of-other-build"
            | "map-reference-missing"
            | "map-unreadable"
            | "no-address"
            | "no-position"
            | "no-sources-content"
            | "nothing-uploaded"
            | "other-build"
            | "path-differs"
            | "position-outside"
            | "position-unmapped"
            | "release-missing"
            | "release-unknown";
          sentence: string;
          fix: string;
          near?: string[] | undefined;
        } | null;
        match: {
          by: "choice" | "map" | "path" | "reference";
          file: string;
          sentence: string;
        } | null;
        steps: {
          step: "file" | "map" | "position" | "reference" | "release" | "source";
          state: "failed" | "ok" | "skipped";
          sentence: string;
        }[];
        file: {
          name: string;
          foundBy: "debug-id" | "inline" | "match" | "name";
          debugId: string | null;
          bundleId: string | null;
        } | null;
        map: {
          name: string;
          foundBy: "debug-id" | "inline" | "match" | "name";
          debugId: string | null;
          bundleId: string | null;
        } | null;
      }
    >;
    storage: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
      },
      {
        kinds: {
          bundles: {
            count: number;
            files: number;
            bytes: number;
          };
          files: {
            count: number;
            files: number;
            bytes: number;
          };
          archives: {
            count: number;
            files: number;
            bytes: number;
          };
        };
        chunks: {
          count: number;
          bytes: number;
        };
        bytes: number;
        sharedBytes: number;
        quota: number | null;
        sweepRefusal: {
          reason: string;
          isProblem: boolean;
        } | null;
        projects: {
          items: {
            project: {
              id: string;
              slug: string;
              name: string;
            };
            kinds: {
              bundles: {
                count: number;
                files: number;
                bytes: number;
              };
              files: {
                count: number;
                files: number;
                bytes: number;
              };
              archives: {
                count: number;
                files: number;
                bytes: number;
              };
            };
            bytes: number;
            rule: {
              keepLast: number | null;
              keepDays: number | null;
              environments: string[];
              dateChanged: string | null;
            };
          }[];
          previous: PageLink | null;
          next: PageLink | null;
        };
      }
    >;
  };
  retention: {
    get: Query<
      {
        organization: string;
        project: string;
      },
      {
        keepLast: number | null;
        keepDays: number | null;
        environments: string[];
        dateChanged: string | null;
      }
    >;
    set: Mutation<
      {
        organization: string;
        project: string;
        keepLast?: number | null | undefined;
        keepDays?: number | null | undefined;
        environments?: string[] | undefined;
      },
      {
        keepLast: number | null;
        keepDays: number | null;
        environments: string[];
        dateChanged: string | null;
      }
    >;
    preview: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        project: string;
        keepLast?: number | null | undefined;
        keepDays?: number | null | undefined;
        environments?: string[] | undefined;
      },
      {
        items: {
          kind: "bundle" | "files";
          id: string;
          versions: string[];
          files: number;
          bytes: number;
          dateUploaded: string;
          isShared: boolean;
        }[];
        previous: PageLink | null;
        next: PageLink | null;
        totals: {
          bundles: number;
          releases: number;
          files: number;
          bytes: number;
        };
        isWhole: boolean;
      }
    >;
    run: Mutation<
      {
        organization: string;
        project: string;
      },
      {
        bundles: number;
        releases: number;
        files: number;
        bytes: number;
        id: string;
        project: {
          id: string;
          slug: string;
          name: string;
        };
        actor: {
          label: string;
          kind: "hook" | "system" | "token" | "user";
          name: string;
          email: string | null;
        };
        versions: string[];
        failure: string | null;
        dateStarted: string;
        dateFinished: string | null;
      }
    >;
    runs: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        project?: string | string[] | undefined;
      },
      {
        readonly items: {
          bundles: number;
          releases: number;
          files: number;
          bytes: number;
          id: string;
          project: {
            id: string;
            slug: string;
            name: string;
          };
          actor: {
            label: string;
            kind: "hook" | "system" | "token" | "user";
            name: string;
            email: string | null;
          };
          versions: string[];
          failure: string | null;
          dateStarted: string;
          dateFinished: string | null;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
  };
  find: {
    changes: Query<
      {
        organization: string;
        query: string;
        limit?: number | undefined;
        cursor?: string | undefined;
      },
      {
        understood: ("reference" | "sha" | "text" | "version")[];
        releases: {
          version: string;
          description: string;
          package: string | null;
          status: "archived" | "open";
          dateCreated: string;
          dateReleased: string | null;
          commitCount: number;
          deployCount: number;
        }[];
        commits: {
          sha: string;
          subject: string;
          dateCreated: string;
          repository: string;
          author: {
            name: string | null;
            email: string;
            userId: string | null;
            isBot: boolean;
          } | null;
          matched: ("author" | "file" | "message" | "sha" | "version")[];
          releases: {
            version: string;
            dateCreated: string;
            dateReleased: string | null;
          }[];
          releaseCount: number;
          environments: {
            project: {
              id: string;
              slug: string;
              name: string;
            };
            environment: string;
            state: "live" | "missing" | "passed" | "rolled-back";
            version: string;
            date: string;
          }[];
        }[];
        searched: {
          commits: number;
          backTo: string | null;
          isComplete: boolean;
        };
        next: string | null;
      }
    >;
  };
  organizations: {
    list: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        query?: string | undefined;
      },
      {
        readonly items: {
          id: string;
          slug: string;
          name: string;
          dateCreated: string;
          status: {
            id: string;
            name: string;
          };
          isEarlyAdopter: boolean;
          require2FA: boolean;
          requireEmailVerification: boolean;
          hasAuthProvider: boolean;
          allowJoinLeave: boolean;
          avatar: {
            avatarType: string;
            avatarUuid: string | null;
          };
          features: string[];
          links: {
            organizationUrl: string;
            regionUrl: string;
          };
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    get: Query<
      {
        organization: string;
      },
      {
        id: string;
        slug: string;
        name: string;
        dateCreated: string;
        status: {
          id: string;
          name: string;
        };
        isEarlyAdopter: boolean;
        require2FA: boolean;
        requireEmailVerification: boolean;
        hasAuthProvider: boolean;
        allowJoinLeave: boolean;
        avatar: {
          avatarType: string;
          avatarUuid: string | null;
        };
        features: string[];
        links: {
          organizationUrl: string;
          regionUrl: string;
        };
        openMembership: boolean;
        membersCreateTokens: boolean;
        access: string[];
        orgRole: string | null;
      }
    >;
    summary: Query<
      {
        organization: string;
      },
      {
        slug: string;
        name: string;
        isSample: boolean;
        role: string | null;
        scopes: string[];
        counts: {
          projects: number;
          members: number;
        };
        dateCreated: string;
      }
    >;
    update: Mutation<
      {
        organization: string;
        name?: string | undefined;
        slug?: string | undefined;
        takeFormerSlug?: boolean | undefined;
        membersCreateTokens?: boolean | undefined;
        openMembership?: boolean | undefined;
      },
      {
        id: string;
        slug: string;
        name: string;
        dateCreated: string;
        status: {
          id: string;
          name: string;
        };
        isEarlyAdopter: boolean;
        require2FA: boolean;
        requireEmailVerification: boolean;
        hasAuthProvider: boolean;
        allowJoinLeave: boolean;
        avatar: {
          avatarType: string;
          avatarUuid: string | null;
        };
        features: string[];
        links: {
          organizationUrl: string;
          regionUrl: string;
        };
        openMembership: boolean;
        membersCreateTokens: boolean;
        access: string[];
        orgRole: string | null;
      }
    >;
    create: Mutation<
      {
        name: string;
        slug?: string | undefined;
        project?: string | undefined;
        takeFormerSlug?: boolean | undefined;
      },
      {
        id: string;
        slug: string;
        name: string;
        dateCreated: string;
        status: {
          id: string;
          name: string;
        };
        isEarlyAdopter: boolean;
        require2FA: boolean;
        requireEmailVerification: boolean;
        hasAuthProvider: boolean;
        allowJoinLeave: boolean;
        avatar: {
          avatarType: string;
          avatarUuid: string | null;
        };
        features: string[];
        links: {
          organizationUrl: string;
          regionUrl: string;
        };
        openMembership: boolean;
        membersCreateTokens: boolean;
        access: string[];
        orgRole: string | null;
      }
    >;
    delete: Mutation<
      {
        organization: string;
      },
      {
        id: string;
        slug: string;
        name: string;
        dateRemoved: string;
        dateExpires: string;
      }
    >;
    previewRemoval: Query<
      {
        organization: string;
      },
      {
        slug: string;
        name: string;
        contents: {
          kind: "bundles" | "deploys" | "members" | "projects" | "releases" | "teams" | "tokens";
          count: number;
          ownCount: number;
          ownNames: string[];
        }[];
      }
    >;
    removed: Query<
      {} | undefined,
      {
        id: string;
        slug: string;
        name: string;
        dateRemoved: string;
        dateExpires: string;
      }[]
    >;
    restore: Mutation<
      {
        organization: string;
      },
      {
        readonly slug: string;
      }
    >;
  };
  projects: {
    list: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        query?: string | undefined;
      },
      {
        readonly items: {
          id: string;
          slug: string;
          name: string;
          platform: string | null;
          platforms: string[];
          dateCreated: string;
          status: string;
          isMember: boolean;
          hasAccess: boolean;
          isBookmarked: boolean;
          firstEvent: string | null;
          features: string[];
          team: {
            id: string;
            slug: string;
            name: string;
          } | null;
          teams: {
            id: string;
            slug: string;
            name: string;
          }[];
          environments: string[];
          latestRelease: {
            version: string;
          } | null;
          organization: {
            id: string;
            slug: string;
            name: string;
          };
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    get: Query<
      {
        organization: string;
        project: string;
        collapse?: string | string[] | undefined;
      },
      {
        id: string;
        slug: string;
        name: string;
        platform: string | null;
        platforms: string[];
        dateCreated: string;
        status: string;
        isMember: boolean;
        hasAccess: boolean;
        isBookmarked: boolean;
        firstEvent: string | null;
        features: string[];
        team: {
          id: string;
          slug: string;
          name: string;
        } | null;
        teams: {
          id: string;
          slug: string;
          name: string;
        }[];
        environments: string[];
        latestRelease: {
          version: string;
        } | null;
        organization: {
          id: string;
          slug: string;
          name: string;
        };
      }
    >;
    create: Mutation<
      {
        organization: string;
        name: string;
        slug?: string | null | undefined;
        platform?: string | null | undefined;
        takeFormerSlug?: boolean | undefined;
      },
      {
        id: string;
        slug: string;
        name: string;
        platform: string | null;
        platforms: string[];
        dateCreated: string;
        status: string;
        isMember: boolean;
        hasAccess: boolean;
        isBookmarked: boolean;
        firstEvent: string | null;
        features: string[];
        team: {
          id: string;
          slug: string;
          name: string;
        } | null;
        teams: {
          id: string;
          slug: string;
          name: string;
        }[];
        environments: string[];
        latestRelease: {
          version: string;
        } | null;
        organization: {
          id: string;
          slug: string;
          name: string;
        };
      }
    >;
    createInTeam: Mutation<
      {
        organization: string;
        name: string;
        slug?: string | null | undefined;
        platform?: string | null | undefined;
        takeFormerSlug?: boolean | undefined;
        team: string;
      },
      {
        id: string;
        slug: string;
        name: string;
        platform: string | null;
        platforms: string[];
        dateCreated: string;
        status: string;
        isMember: boolean;
        hasAccess: boolean;
        isBookmarked: boolean;
        firstEvent: string | null;
        features: string[];
        team: {
          id: string;
          slug: string;
          name: string;
        } | null;
        teams: {
          id: string;
          slug: string;
          name: string;
        }[];
        environments: string[];
        latestRelease: {
          version: string;
        } | null;
        organization: {
          id: string;
          slug: string;
          name: string;
        };
      }
    >;
    update: Mutation<
      {
        organization: string;
        project: string;
        name?: string | undefined;
        slug?: string | undefined;
        platform?: string | null | undefined;
        takeFormerSlug?: boolean | undefined;
      },
      {
        id: string;
        slug: string;
        name: string;
        platform: string | null;
        platforms: string[];
        dateCreated: string;
        status: string;
        isMember: boolean;
        hasAccess: boolean;
        isBookmarked: boolean;
        firstEvent: string | null;
        features: string[];
        team: {
          id: string;
          slug: string;
          name: string;
        } | null;
        teams: {
          id: string;
          slug: string;
          name: string;
        }[];
        environments: string[];
        latestRelease: {
          version: string;
        } | null;
        organization: {
          id: string;
          slug: string;
          name: string;
        };
      }
    >;
    cadence: Query<
      {
        organization: string;
        project: string;
        weeks?: number | undefined;
      },
      {
        weeks: {
          start: string;
          releases: number | null;
          deploys: number | null;
        }[];
      }
    >;
    releaseCounts: Query<
      {
        organization: string;
        project?: string | string[] | undefined;
      },
      {
        project: string;
        count: number;
        isCapped: boolean;
        weeks: {
          start: string;
          releases: number | null;
        }[];
      }[]
    >;
    completion: Query<
      {
        organization: string;
        project: string;
      },
      {
        step: "commit" | "deploy" | "repo" | "tag";
        complete: boolean;
      }[]
    >;
    releaseToken: Mutation<
      {
        organization: string;
        project: string;
      },
      {
        token: string;
        webhookUrl: string;
      }
    >;
    rotateReleaseToken: Mutation<
      {
        organization: string;
        project: string;
      },
      {
        token: string;
        webhookUrl: string;
      }
    >;
  };
  teams: {
    list: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        query?: string | undefined;
      },
      {
        readonly items: {
          id: string;
          slug: string;
          name: string;
          dateCreated: string;
          isMember: boolean;
          teamRole: string | null;
          flags: Record<string, boolean>;
          access: string[];
          hasAccess: boolean;
          isPending: boolean;
          memberCount: number;
          avatar: {
            avatarType: string;
            avatarUuid: string | null;
          };
          projects: {
            id: string;
            slug: string;
            name: string;
            platform: string | null;
          }[];
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    get: Query<
      {
        organization: string;
        team: string;
      },
      {
        id: string;
        slug: string;
        name: string;
        dateCreated: string;
        isMember: boolean;
        teamRole: string | null;
        flags: Record<string, boolean>;
        access: string[];
        hasAccess: boolean;
        isPending: boolean;
        memberCount: number;
        avatar: {
          avatarType: string;
          avatarUuid: string | null;
        };
        projects: {
          id: string;
          slug: string;
          name: string;
          platform: string | null;
        }[];
      }
    >;
    create: Mutation<
      {
        organization: string;
        name?: string | null | undefined;
        slug?: string | null | undefined;
      },
      {
        id: string;
        slug: string;
        name: string;
        dateCreated: string;
        isMember: boolean;
        teamRole: string | null;
        flags: Record<string, boolean>;
        access: string[];
        hasAccess: boolean;
        isPending: boolean;
        memberCount: number;
        avatar: {
          avatarType: string;
          avatarUuid: string | null;
        };
        projects: {
          id: string;
          slug: string;
          name: string;
          platform: string | null;
        }[];
      }
    >;
    addMember: Mutation<
      {
        organization: string;
        userId: number;
        team: string;
      },
      {
        id: string;
        slug: string;
        name: string;
        dateCreated: string;
        isMember: boolean;
        teamRole: string | null;
        flags: Record<string, boolean>;
        access: string[];
        hasAccess: boolean;
        isPending: boolean;
        memberCount: number;
        avatar: {
          avatarType: string;
          avatarUuid: string | null;
        };
        projects: {
          id: string;
          slug: string;
          name: string;
          platform: string | null;
        }[];
      }
    >;
    removeMember: Mutation<
      {
        organization: string;
        userId: number;
        team: string;
      },
      {
        id: string;
        slug: string;
        name: string;
        dateCreated: string;
        isMember: boolean;
        teamRole: string | null;
        flags: Record<string, boolean>;
        access: string[];
        hasAccess: boolean;
        isPending: boolean;
        memberCount: number;
        avatar: {
          avatarType: string;
          avatarUuid: string | null;
        };
        projects: {
          id: string;
          slug: string;
          name: string;
          platform: string | null;
        }[];
      }
    >;
    addProject: Mutation<
      {
        organization: string;
        project: string;
        team: string;
      },
      {
        id: string;
        slug: string;
        name: string;
        dateCreated: string;
        isMember: boolean;
        teamRole: string | null;
        flags: Record<string, boolean>;
        access: string[];
        hasAccess: boolean;
        isPending: boolean;
        memberCount: number;
        avatar: {
          avatarType: string;
          avatarUuid: string | null;
        };
        projects: {
          id: string;
          slug: string;
          name: string;
          platform: string | null;
        }[];
      }
    >;
    removeProject: Mutation<
      {
        organization: string;
        project: string;
        team: string;
      },
      {
        id: string;
        slug: string;
        name: string;
        dateCreated: string;
        isMember: boolean;
        teamRole: string | null;
        flags: Record<string, boolean>;
        access: string[];
        hasAccess: boolean;
        isPending: boolean;
        memberCount: number;
        avatar: {
          avatarType: string;
          avatarUuid: string | null;
        };
        projects: {
          id: string;
          slug: string;
          name: string;
          platform: string | null;
        }[];
      }
    >;
  };
  members: {
    list: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        query?: string | undefined;
        email?: string | undefined;
        team?: string | undefined;
      },
      {
        readonly items: {
          id: string;
          name: string;
          username: string;
          email: string;
          role: string;
          isActive: boolean;
          dateCreated: string;
          lastLogin: string | null;
          teams: string[];
          createdTokens: number;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    updateRole: Mutation<
      {
        organization: string;
        role: "admin" | "manager" | "member" | "owner";
        member: string;
      },
      {
        id: string;
        name: string;
        username: string;
        email: string;
        role: string;
        isActive: boolean;
        dateCreated: string;
        lastLogin: string | null;
        teams: string[];
        createdTokens: number;
      }
    >;
    remove: Mutation<
      {
        organization: string;
        revokeTokens?: boolean | undefined;
        member: string;
      },
      void
    >;
  };
  invitations: {
    list: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
      },
      {
        readonly items: {
          id: string;
          email: string;
          role: string;
          team: string | null;
          invitedBy: {
            id: string;
            name: string;
            email: string;
          } | null;
          state: "expired" | "unused";
          dateCreated: string;
          dateExpires: string;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    create: Mutation<
      {
        organization: string;
        email: string;
        role: "admin" | "manager" | "member" | "owner";
        team?: string | null | undefined;
      },
      {
        id: string;
        email: string;
        role: string;
        team: string | null;
        invitedBy: {
          id: string;
          name: string;
          email: string;
        } | null;
        state: "expired" | "unused";
        dateCreated: string;
        dateExpires: string;
        url: string;
      }
    >;
    revoke: Mutation<
      {
        organization: string;
        invitation: string;
      },
      void
    >;
    accept: Mutation<
      {
        secret: string;
      },
      {
        organization: {
          slug: string;
          name: string;
        };
      }
    >;
  };
  people: {
    list: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        query?: string | undefined;
        bots?: "only" | "without" | undefined;
      },
      {
        readonly items: {
          name: string | null;
          email: string;
          userId: string | null;
          isBot: boolean;
          emails: string[];
          commitCount: number | null;
          hasMoreCommits: boolean;
          lastCommit: string | null;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    get: Query<
      {
        organization: string;
        email: string;
      },
      {
        name: string | null;
        email: string;
        userId: string | null;
        isBot: boolean;
        emails: string[];
        member: {
          id: string;
          name: string;
          role: string;
          teams: string[];
        } | null;
        commits: {
          sha: string;
          subject: string;
          dateCreated: string;
          repository: string;
          author: {
            name: string | null;
            email: string;
            userId: string | null;
            isBot: boolean;
          } | null;
          releases: {
            version: string;
            dateCreated: string;
            dateReleased: string | null;
          }[];
          releaseCount: number;
        }[];
        releases: {
          version: string;
          description: string;
          package: string | null;
          status: "archived" | "open";
          dateCreated: string;
          dateReleased: string | null;
          commitCount: number;
          deployCount: number;
        }[];
        deploys: {
          id: string;
          environment: string;
          dateStarted: string | null;
          dateFinished: string;
          name: string | null;
          url: string | null;
          deployer: {
            name: string | null;
            email: string;
            userId: string | null;
            isBot: boolean;
          } | null;
          version: string;
        }[];
        weeks: {
          start: string;
          commits: number | null;
          deploys: number | null;
        }[];
      }
    >;
    merge: Mutation<
      {
        organization: string;
        into: string;
        emails: string[];
      },
      {
        name: string | null;
        email: string;
        userId: string | null;
        isBot: boolean;
        emails: string[];
      }
    >;
    separate: Mutation<
      {
        organization: string;
        email: string;
      },
      {
        name: string | null;
        email: string;
        userId: string | null;
        isBot: boolean;
        emails: string[];
      }
    >;
    importMailmap: Mutation<
      {
        organization: string;
        text: string;
        dryRun?: boolean | undefined;
      },
      {
        merged: number;
        renamed: number;
        changes: {
          email: string;
          into: string | null;
          name: string | null;
        }[];
        unknown: string[];
        problems: {
          line: number;
          message: string;
        }[];
      }
    >;
  };
  tokens: {
    list: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
      },
      {
        readonly items: {
          id: string;
          name: string;
          scopes: string[];
          tokenLastCharacters: string;
          dateCreated: string;
          dateLastUsed: string | null;
          projectLastUsedId: string | null;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    browse: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
      },
      {
        readonly items: {
          id: string;
          kind: "organization" | "user";
          name: string;
          scopes: string[];
          tokenLastCharacters: string;
          dateCreated: string;
          dateExpires: string | null;
          dateLastUsed: string | null;
          lastUsedClient: string | null;
          createdBy: {
            id: string;
            name: string;
            email: string;
            isMember: boolean;
          } | null;
          hasParent: boolean;
          children: number;
          projectLastUsed: {
            organization: string;
            slug: string;
            name: string;
          } | null;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    create: Mutation<
      {
        name: string;
        dateExpires?: string | Date | null | undefined;
        organization: string;
      },
      {
        id: string;
        name: string;
        scopes: string[];
        tokenLastCharacters: string;
        dateCreated: string;
        dateLastUsed: string | null;
        projectLastUsedId: string | null;
        token: string;
      }
    >;
    rotate: Mutation<
      {
        dateExpires?: string | Date | null | undefined;
        organization: string;
        token: string;
      },
      {
        id: string;
        name: string;
        scopes: string[];
        tokenLastCharacters: string;
        dateCreated: string;
        dateLastUsed: string | null;
        projectLastUsedId: string | null;
        token: string;
        dateExpires: string | null;
        replaced: {
          id: string;
          dateExpires: string;
        };
      }
    >;
    revoke: Mutation<
      {
        organization: string;
        token: string;
      },
      void
    >;
  };
  repositories: {
    list: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        query?: string | undefined;
        status?: string | undefined;
        integration_id?: string | undefined;
      },
      {
        readonly items: {
          id: string;
          name: string;
          url: string | null;
          provider: {
            id: string;
            name: string;
          };
          status: string;
          dateCreated: string;
          integrationId: string | null;
          externalSlug: string | null;
          externalId: string | null;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    create: Query<
      {
        organization: string;
        provider?: unknown;
      },
      never
    >;
    update: Mutation<
      {
        organization: string;
        status?: "active" | "hidden" | "visible" | undefined;
        name?: string | undefined;
        url?: string | null | undefined;
        integrationId?: string | number | null | undefined;
        repository: string;
      },
      {
        id: string;
        name: string;
        url: string | null;
        provider: {
          id: string;
          name: string;
        };
        status: string;
        dateCreated: string;
        integrationId: string | null;
        externalSlug: string | null;
        externalId: string | null;
      }
    >;
    delete: Mutation<
      {
        organization: string;
        repository: string;
      },
      {
        id: string;
        name: string;
        url: string | null;
        provider: {
          id: string;
          name: string;
        };
        status: string;
        dateCreated: string;
        integrationId: string | null;
        externalSlug: string | null;
        externalId: string | null;
      }
    >;
    commits: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        repository: string;
      },
      {
        readonly items: {
          id: string;
          message: string | null;
          dateCreated: string;
          pullRequest: null;
          suspectCommitType: string;
          repository: {
            id: string;
            name: string;
            url: string | null;
            provider: {
              id: string;
              name: string;
            };
            status: string;
            dateCreated: string;
            integrationId: string | null;
            externalSlug: string | null;
            externalId: string | null;
          };
          author:
            | Record<string, never>
            | {
                id: string;
                name: string;
                username: string;
                email: string;
                avatarUrl: string | null;
                isActive: boolean;
                hasPasswordAuth: boolean;
                isManaged: boolean;
                dateJoined: string;
                lastLogin: string | null;
                has2fa: boolean;
                lastActive: string | null;
                isSuperuser: boolean;
                isStaff: boolean;
                isSuspended: boolean;
                experiments: Record<string, never>;
                emails: {
                  id: string;
                  email: string;
                  is_verified: boolean;
                }[];
                avatar: {
                  avatarType: string;
                  avatarUuid: string | null;
                };
              }
            | {
                name: string | null;
                email: string;
              };
          releases: {
            version: string;
            shortVersion: string;
            ref: string | null;
            url: string | null;
            dateReleased: string | null;
            dateCreated: string;
          }[];
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    browse: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        query?: string | undefined;
      },
      {
        readonly items: {
          id: string;
          name: string;
          status: string;
          url: string | null;
          links: {
            host?: "azure" | "bitbucket" | "bitbucket-server" | "gitea" | "github" | "gitlab" | undefined;
            templates?:
              | {
                  commit?: string | undefined;
                  request?: string | undefined;
                  issue?: string | undefined;
                  file?: string | undefined;
                  compare?: string | undefined;
                }
              | undefined;
          } | null;
          aliases: string[];
          commits: {
            count: number;
            isCapped: boolean;
          };
          lastCommit: {
            sha: string;
            dateCreated: string;
          } | null;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    links: Query<
      {
        organization: string;
        ids?: string[] | undefined;
      },
      {
        ticketUrl: string | null;
        repositories: {
          name: string;
          url: string | null;
          links: {
            host?: "azure" | "bitbucket" | "bitbucket-server" | "gitea" | "github" | "gitlab" | undefined;
            templates?:
              | {
                  commit?: string | undefined;
                  request?: string | undefined;
                  issue?: string | undefined;
                  file?: string | undefined;
                  compare?: string | undefined;
                }
              | undefined;
          } | null;
          ticketUrl: string | null;
          id: string;
        }[];
      }
    >;
    edit: Mutation<
      {
        organization: string;
        name?: string | undefined;
        keepsOldName?: boolean | undefined;
        url?: string | null | undefined;
        links?:
          | {
              host?: "azure" | "bitbucket" | "bitbucket-server" | "gitea" | "github" | "gitlab" | undefined;
              templates?:
                | {
                    commit?: string | undefined;
                    request?: string | undefined;
                    issue?: string | undefined;
                    file?: string | undefined;
                    compare?: string | undefined;
                  }
                | undefined;
            }
          | null
          | undefined;
        aliases?: string[] | undefined;
        repository: string;
      },
      {
        id: string;
        name: string;
        url: string | null;
        provider: {
          id: string;
          name: string;
        };
        status: string;
        dateCreated: string;
        integrationId: string | null;
        externalSlug: string | null;
        externalId: string | null;
      }
    >;
    previewMerge: Query<
      {
        organization: string;
        into: string;
        repository: string;
      },
      {
        from: string;
        into: string;
        commits: {
          count: number;
          isCapped: boolean;
        };
        sharedCommits: number;
        releases: number;
        sharedReleases: number;
      }
    >;
    merge: Mutation<
      {
        organization: string;
        into: string;
        keepsOldName?: boolean | undefined;
        repository: string;
      },
      {
        id: string;
        name: string;
        url: string | null;
        provider: {
          id: string;
          name: string;
        };
        status: string;
        dateCreated: string;
        integrationId: string | null;
        externalSlug: string | null;
        externalId: string | null;
      }
    >;
    reportUrl: Mutation<
      {
        organization: string;
        name: string;
        url: string;
      },
      {
        isStored: boolean;
      }
    >;
    setTicketUrl: Mutation<
      {
        organization: string;
        ticketUrl: string | null;
      },
      {
        ticketUrl: string | null;
      }
    >;
  };
  me: {
    whoAmI: Query<
      {} | undefined,
      {
        version: "0";
        auth: {
          scopes: string[];
        } | null;
        user: {
          id: string;
          name: string;
          username: string;
          email: string;
          avatarUrl: string | null;
          isActive: boolean;
          hasPasswordAuth: boolean;
          isManaged: boolean;
          dateJoined: string;
          lastLogin: string | null;
          has2fa: boolean;
          lastActive: string | null;
          isSuperuser: boolean;
          isStaff: boolean;
          isSuspended: boolean;
          experiments: Record<string, never>;
          emails: {
            id: string;
            email: string;
            is_verified: boolean;
          }[];
          avatar: {
            avatarType: string;
            avatarUuid: string | null;
          };
        } | null;
      }
    >;
    get: Query<
      {} | undefined,
      {
        id: string;
        name: string;
        username: string;
        email: string;
        avatarUrl: string | null;
        isActive: boolean;
        hasPasswordAuth: boolean;
        isManaged: boolean;
        dateJoined: string;
        lastLogin: string | null;
        has2fa: boolean;
        lastActive: string | null;
        isSuperuser: boolean;
        isStaff: boolean;
        isSuspended: boolean;
        experiments: Record<string, never>;
        emails: {
          id: string;
          email: string;
          is_verified: boolean;
        }[];
        avatar: {
          avatarType: string;
          avatarUuid: string | null;
        };
      }
    >;
    regions: Query<
      {} | undefined,
      {
        regions: {
          name: string;
          url: string;
        }[];
      }
    >;
    tokens: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
      },
      {
        readonly items: {
          id: string;
          kind: "organization" | "user";
          name: string;
          scopes: string[];
          tokenLastCharacters: string;
          dateCreated: string;
          dateExpires: string | null;
          dateLastUsed: string | null;
          lastUsedClient: string | null;
          createdBy: {
            id: string;
            name: string;
            email: string;
            isMember: boolean;
          } | null;
          hasParent: boolean;
          children: number;
          projectLastUsed: {
            organization: string;
            slug: string;
            name: string;
          } | null;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    createToken: Mutation<
      {
        name: string;
        scopes: (
          | "alerts:read"
          | "alerts:write"
          | "event:admin"
          | "event:read"
          | "event:write"
          | "member:admin"
          | "member:invite"
          | "member:read"
          | "member:write"
          | "org:admin"
          | "org:ci"
          | "org:integrations"
          | "org:read"
          | "org:write"
          | "project:admin"
          | "project:read"
          | "project:releases"
          | "project:write"
          | "team:admin"
          | "team:read"
          | "team:write"
        )[];
        dateExpires?: string | Date | null | undefined;
      },
      {
        id: string;
        kind: "organization" | "user";
        name: string;
        scopes: string[];
        tokenLastCharacters: string;
        dateCreated: string;
        dateExpires: string | null;
        dateLastUsed: string | null;
        lastUsedClient: string | null;
        token: string;
      }
    >;
    rotateToken: Mutation<
      {
        dateExpires?: string | Date | null | undefined;
        token: string;
      },
      {
        id: string;
        kind: "organization" | "user";
        name: string;
        scopes: string[];
        tokenLastCharacters: string;
        dateCreated: string;
        dateExpires: string | null;
        dateLastUsed: string | null;
        lastUsedClient: string | null;
        token: string;
        replaced: {
          id: string;
          dateExpires: string;
        };
      }
    >;
    revokeToken: Mutation<
      {
        token: string;
      },
      void
    >;
  };
  sessions: {
    list: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
      },
      {
        readonly items: {
          id: string;
          isCurrent: boolean;
          ipAddress: string | null;
          userAgent: string | null;
          dateCreated: string;
          dateLastUsed: string;
          dateExpires: string;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
    revoke: Mutation<
      {
        session: string;
      },
      void
    >;
    revokeOthers: Mutation<
      {} | undefined,
      {
        ended: number;
      }
    >;
  };
  password: {
    change: Mutation<
      {
        currentPassword: string;
        newPassword: string;
        revokeTokens?: boolean | undefined;
      },
      {
        ended: number;
        revokedTokens: number;
      }
    >;
  };
  views: {
    list: Query<
      {
        organization: string;
        page: "audit" | "board" | "environment" | "find" | "releases";
      },
      {
        items: {
          id: string;
          page: string;
          name: string;
          query: string;
          isDefault: boolean;
          dateCreated: string;
        }[];
      }
    >;
    save: Mutation<
      {
        organization: string;
        page: "audit" | "board" | "environment" | "find" | "releases";
        name: string;
        query: string;
        isDefault?: boolean | undefined;
      },
      {
        id: string;
        page: string;
        name: string;
        query: string;
        isDefault: boolean;
        dateCreated: string;
      }
    >;
    remove: Mutation<
      {
        organization: string;
        view: string;
      },
      void
    >;
  };
  audit: {
    list: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        actor?: string | undefined;
        action?: string | undefined;
        target?: string | undefined;
        from?: string | Date | undefined;
        to?: string | Date | undefined;
        organization: string;
      },
      {
        readonly items: {
          id: string;
          date: string;
          actor: {
            label: string;
            kind: "hook" | "system" | "token" | "user";
            name: string;
            email: string | null;
          };
          action: string;
          target: string;
          before: unknown;
          after: unknown;
          requestId: string | null;
        }[];
        readonly previous: PageLink | null;
        readonly next: PageLink | null;
      }
    >;
  };
  notes: {
    get: Query<
      {
        organization: string;
        version: string;
      },
      {
        version: string;
        markdown: string;
        html: string;
        isDraft: boolean;
        dateSaved: string | null;
        savedBy: {
          name: string | null;
          email: string;
          userId: string | null;
          isBot: boolean;
        } | null;
        draft: {
          markdown: string;
          sections: {
            title: string;
            entries: {
              sha: string;
              scope: string | null;
              text: string;
              references: string[];
              author: {
                name: string | null;
                email: string;
                userId: string | null;
                isBot: boolean;
              } | null;
            }[];
            more: number;
          }[];
          commits: {
            read: number;
            total: number;
          };
          leftOut: number;
        };
      }
    >;
    preview: Query<
      {
        organization: string;
        version: string;
        markdown: string;
      },
      {
        html: string;
      }
    >;
    save: Mutation<
      {
        organization: string;
        version: string;
        markdown: string | null;
        basedOn?: string | null | undefined;
      },
      {
        version: string;
        markdown: string;
        html: string;
        isDraft: boolean;
        dateSaved: string | null;
        savedBy: {
          name: string | null;
          email: string;
          userId: string | null;
          isBot: boolean;
        } | null;
        draft: {
          markdown: string;
          sections: {
            title: string;
            entries: {
              sha: string;
              scope: string | null;
              text: string;
              references: string[];
              author: {
                name: string | null;
                email: string;
                userId: string | null;
                isBot: boolean;
              } | null;
            }[];
            more: number;
          }[];
          commits: {
            read: number;
            total: number;
          };
          leftOut: number;
        };
      }
    >;
  };
  overview: {
    get: Query<
      {
        organization: string;
      },
      {
        deploys: {
          id: string;
          environment: string;
          dateStarted: string | null;
          dateFinished: string;
          name: string | null;
          url: string | null;
          deployer: {
            name: string | null;
            email: string;
            userId: string | null;
            isBot: boolean;
          } | null;
          version: string;
          projects: {
            id: string;
            slug: string;
            name: string;
          }[];
        }[];
        releases: {
          count: number;
          isCapped: boolean;
          items: {
            version: string;
            description: string;
            package: string | null;
            status: "archived" | "open";
            dateCreated: string;
            dateReleased: string | null;
            commitCount: number;
            deployCount: number;
          }[];
        };
        attention: {
          withoutCommits: {
            count: number;
            isCapped: boolean;
            ids: string[];
            isDismissed: boolean;
            project: {
              id: string;
              slug: string;
              name: string;
            };
            items: {
              version: string;
              description: string;
              package: string | null;
              status: "archived" | "open";
              dateCreated: string;
              dateReleased: string | null;
              commitCount: number;
              deployCount: number;
            }[];
          }[];
          neverDeployed: {
            count: number;
            isCapped: boolean;
            ids: string[];
            isDismissed: boolean;
            project: {
              id: string;
              slug: string;
              name: string;
            };
            items: {
              version: string;
              description: string;
              package: string | null;
              status: "archived" | "open";
              dateCreated: string;
              dateReleased: string | null;
              commitCount: number;
              deployCount: number;
            }[];
          }[];
          expiringTokens: {
            ids: string[];
            isDismissed: boolean;
            items: {
              id: string;
              kind: "organization" | "user";
              name: string;
              dateExpires: string;
            }[];
          };
        };
        weeks: {
          start: string;
          releases: number | null;
          deploys: number | null;
        }[];
        counts: {
          projects: number;
          environments: number;
          releases: {
            count: number;
            isCapped: boolean;
          };
          deploys: {
            count: number;
            isCapped: boolean;
          };
        };
      }
    >;
    dismiss: Mutation<
      {
        organization: string;
        kind: "commits" | "deploys" | "tokens";
        project?: string | null | undefined;
        ids: string[];
      },
      void
    >;
    restore: Mutation<
      {
        organization: string;
        kind: "commits" | "deploys" | "tokens";
        project?: string | null | undefined;
      },
      void
    >;
  };
  board: {
    get: Query<
      {
        per_page?: string | number | undefined;
        cursor?: string | undefined;
        organization: string;
        project?: string | number | string[] | undefined;
        environment?: string | string[] | undefined;
      },
      {
        items: {
          project: {
            id: string;
            slug: string;
            name: string;
            platform: string | null;
          };
          cells: {
            environment: string;
            release: {
              version: string;
              description: string;
              package: string | null;
              status: "archived" | "open";
              dateCreated: string;
              dateReleased: string | null;
              commitCount: number;
              deployCount: number;
            };
            deploy: {
              id: string;
              environment: string;
              dateStarted: string | null;
              dateFinished: string;
              name: string | null;
              url: string | null;
              deployer: {
                name: string | null;
                email: string;
                userId: string | null;
                isBot: boolean;
              } | null;
            };
            previous: {
              version: string;
              dateFinished: string;
            } | null;
            isRolledBack: boolean;
            isHidden: boolean;
            drift: {
              environment: string;
              version: string;
              releases: number;
              commits: number;
              days: number;
              isCapped: boolean;
            } | null;
          }[];
        }[];
        previous: PageLink | null;
        next: PageLink | null;
        environments: {
          name: string;
          projects: number;
        }[];
        environmentsLeftOut: number;
      }
    >;
  };
};
