export type Deal = {
  title: string;
  problem: string;
  /** A value of the use case picklist. */
  useCase: string;
  delivery: readonly string[];
  /** A value of the marketing use cases. */
  campaign: string;
  nextSteps: readonly string[];
  /** Default: any industry. */
  industries?: readonly string[];
};

/** Projects of customers. `{company}` stands for the customer's name. */
const deals: readonly Deal[] = [
  {
    title: 'Mainframe claims system to cloud',
    problem:
      '{company} runs policy claims on a mainframe whose support contract ends; every change takes a quarter and the nightly batch no longer fits the night.',
    useCase: 'Business Applications: Mainframe Modernization',
    delivery: ['Professional Services', 'Managed Services'],
    campaign: 'Migration & Transfer',
    nextSteps: ['Agree the first batch job to move', 'Code analysis read-out with the platform team'],
    industries: ['Financial Services', 'Government'],
  },
  {
    title: 'Demand forecasting on managed machine learning',
    problem:
      'Planners at {company} forecast in spreadsheets; stock-outs cost three percent of revenue and nobody can explain last season.',
    useCase: 'AI Machine Learning and Analytics',
    delivery: ['SaaS or PaaS'],
    campaign: 'AI/ML',
    nextSteps: ['Share two years of sales history', 'Pilot on one product family'],
    industries: ['Retail', 'Consumer Goods', 'Wholesale and Distribution', 'Agriculture', 'Manufacturing'],
  },
  {
    title: 'Data lake for plant telemetry',
    problem:
      'Sensor data of {company} stays in eleven plants and is deleted after a week, so no two lines can be compared.',
    useCase: 'Big Data: Data Warehouse / Data Integration / ETL / Data Lake / BI',
    delivery: ['SaaS or PaaS', 'Professional Services'],
    campaign: 'Analytics',
    nextSteps: ['Connect the first plant', 'Decide on retention with compliance'],
    industries: [
      'Manufacturing',
      'Automotive',
      'Aerospace',
      'Computers and Electronics',
      'Mining',
      'Energy - Oil and Gas',
      'Energy - Power and Utilities',
    ],
  },
  {
    title: 'Oracle estate to managed PostgreSQL',
    problem:
      'Licences for forty databases renew in spring; {company} wants to leave them and keep its stored procedures working.',
    useCase: 'Migration / Database Migration',
    delivery: ['Professional Services'],
    campaign: 'Databases',
    nextSteps: ['Run the schema assessment', 'Pick the two pilot databases'],
  },
  {
    title: 'Contact center in the cloud',
    problem:
      'Agents of {company} work from home on a telephone system that was bought for one building, and calls drop at peak hours.',
    useCase: 'Business Applications & Contact Center',
    delivery: ['SaaS or PaaS', 'Resell'],
    campaign: 'Customer Engagement',
    nextSteps: ['Port the first hundred numbers', 'Demo of the supervisor view'],
  },
  {
    title: 'SAP landscape move',
    problem:
      '{company} has to leave its data center by year end and its SAP system is the last tenant, with a downtime budget of one weekend.',
    useCase: 'Business Applications & SAP Production',
    delivery: ['Managed Services', 'Professional Services'],
    campaign: 'Business Applications',
    nextSteps: ['Size the production system', 'Rehearse the cutover'],
  },
  {
    title: 'Container platform for product teams',
    problem:
      'Twelve teams at {company} build twelve kinds of servers; releases queue for a week behind one operations team.',
    useCase: 'Containers & Serverless',
    delivery: ['Professional Services'],
    campaign: 'Containers',
    nextSteps: ['Workshop with the first two teams', 'Agree on the landing zone'],
  },
  {
    title: 'Backup and ransomware recovery',
    problem:
      'After an incident at a supplier, the board of {company} asks for restores that are tested monthly and copies nobody can delete.',
    useCase: 'Storage & Backup',
    delivery: ['SaaS or PaaS', 'Managed Services'],
    campaign: 'Storage',
    nextSteps: ['Restore drill with the security team', 'Price the second region'],
  },
  {
    title: 'Video archive and delivery',
    problem:
      '{company} keeps sixty years of film on tape; finding a scene takes days and the tapes are failing.',
    useCase: 'Content Delivery & Edge Services',
    delivery: ['SaaS or PaaS'],
    campaign: 'Media Services',
    nextSteps: ['Digitise a first hundred hours', 'Agree on rights metadata'],
    industries: ['Media and Entertainment', 'Other', 'Education', 'Non-Profit Organization'],
  },
  {
    title: 'Fleet and asset tracking',
    problem:
      'Trailers of {company} stand idle for a third of the year because dispatch does not know where they are.',
    useCase: 'IOT',
    delivery: ['SaaS or PaaS'],
    campaign: 'IoT',
    nextSteps: ['Equip twenty trailers', 'Review the first month of positions'],
    industries: [
      'Transportation and Logistics',
      'Mining',
      'Agriculture',
      'Real Estate and Construction',
      'Energy - Oil and Gas',
      'Wholesale and Distribution',
    ],
  },
  {
    title: 'Security findings in one place',
    problem:
      'Auditors found that {company} closes security findings by e-mail and cannot show when; two regulators want evidence.',
    useCase: 'Security & Compliance',
    delivery: ['SaaS or PaaS', 'Managed Services'],
    campaign: 'Security',
    nextSteps: ['Connect the production accounts', 'Evidence review with internal audit'],
  },
  {
    title: 'Simulation on burst capacity',
    problem:
      'Engineers at {company} wait nine days for a slot on the simulation cluster, which then stands empty over the summer.',
    useCase: 'High Performance Computing',
    delivery: ['BYOL or AMI'],
    campaign: 'Compute',
    nextSteps: ['Benchmark the largest model', 'Licence terms with the solver vendor'],
    industries: ['Aerospace', 'Automotive', 'Life Sciences', 'Manufacturing', 'Education'],
  },
  {
    title: 'Observability for the booking platform',
    problem:
      'Outages of the booking platform are reported by customers first; {company} wants to see them before and know why.',
    useCase: 'Monitoring & Observability',
    delivery: ['SaaS or PaaS'],
    campaign: 'Management & Governance',
    nextSteps: ['Trace the checkout path', 'Set objectives with the product owner'],
    industries: ['Travel', 'Hospitality', 'Transportation and Logistics'],
  },
  {
    title: 'Virtual desktops for contractors',
    problem: '{company} ships laptops to four hundred contractors a year and gets three hundred back.',
    useCase: 'Edge Computing / End User Computing',
    delivery: ['Managed Services', 'Resell'],
    campaign: 'End User Computing',
    nextSteps: ['Pilot with the design contractors', 'Confirm the identity provider'],
  },
  {
    title: 'Patient portal and records exchange',
    problem:
      'Patients of {company} fill in the same form at every visit, because systems of its clinics do not share records.',
    useCase: 'Healthcare and Life Sciences',
    delivery: ['SaaS or PaaS', 'Professional Services'],
    campaign: 'Application Integration',
    nextSteps: ['Data protection assessment', 'Connect the first clinic'],
    industries: ['Healthcare', 'Life Sciences'],
  },
  {
    title: 'Web shop replatforming',
    problem:
      'The web shop of {company} is closed for two hours with each release and loses a fifth of its baskets on mobile.',
    useCase: 'Web development & DevOps',
    delivery: ['Professional Services', 'Other'],
    campaign: 'Front End Web & Mobile',
    nextSteps: ['Load test the new basket', 'Plan the first country'],
    industries: ['Retail', 'Consumer Goods', 'Hospitality', 'Travel', 'Gaming', 'Wholesale and Distribution'],
  },
];

export const reviewComments: readonly string[] = [
  "Please describe the business problem in the customer's own terms and name the workload.",
  'The target close date looks too early for the scope; please confirm or correct it.',
  'The website does not belong to the company named; please correct it.',
  'Please check the expected monthly spend against the sizing that was shared.',
];

/** The deal of the record with this index: every second one is specific to the customer's industry, if possible. */
export function dealFor(industry: string, index: number): Deal {
  const own = deals.filter(({ industries }) => industries?.includes(industry));
  const common = deals.filter(({ industries }) => !industries);
  // Industries recur at a fixed interval, so the plain index would give some of them the same deal every time.
  const round = Math.floor(index / 28);
  const from = own.length > 0 && (index + round) % 2 === 0 ? own : common;
  return from[(index + round) % from.length] as Deal;
}
