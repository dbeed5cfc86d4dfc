import { BY_REFERENCE, type AppointmentRole, type OrganKind, type OrganLevel } from '#libs/law';

export const kindNames: Readonly<Record<OrganKind, string>> = {
  administrative: '行政机关',
  authorised: '法律、法规授权的组织',
  entrusted: '受委托的组织',
  staffingOffice: '机构编制部门',
  byReference: BY_REFERENCE,
};

export const levelNames: Readonly<Record<OrganLevel, string>> = {
  central: '中央',
  provincial: '省级',
  municipal: '市级',
  district: '区县级',
  township: '乡镇街道级',
};

export const roleNames: Readonly<Record<AppointmentRole, string>> = {
  head: '主要负责人',
  deputyHead: '分管负责人',
  handler: '承办人',
  clerk: '收发登记人员',
  supervisor: '监督人员',
  auditor: '审计人员',
  operator: '系统运维人员',
  clockKeeper: '模拟时钟管理员',
  registrar: '登记管理人员',
  lawKeeper: '法律数据管理人员',
};
