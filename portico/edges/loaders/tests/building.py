"""834 files and extracts written by the tests themselves."""

from collections.abc import Iterable, Sequence

GUIDE = "005010X220A1"
NPI, OTHER_NPI = "2000000002", "2000000010"
TAX_ID = "070000001"
_ISA = "ISA*00*          *00*          *ZZ*PLANSYSTEM     *ZZ*PORTICO        *260312*0400*^*00501*{0}*0*P*:"


def person(
    *,
    ins: str = "Y*18*021*20*A",
    number: str = "NLH1",
    own_id: str = "NLH101",
    name: str = "OKAFOR*ADAEZE****34*900110001",
    born: str = "19850314",
    coverage: Sequence[str] = ("HD*021**PPO*7QX*EMP", "DTP*348*D8*20260101"),
    more: Sequence[str] = (),
) -> list[str]:
    """One member's segments; `more` stand between the references and the name. What is empty is not sent."""
    return [
        f"INS*{ins}",
        *([f"REF*0F*{number}"] if number else []),
        "REF*1L*G-1",
        *([f"REF*23*{own_id}"] if own_id else []),
        *more,
        *([f"NM1*IL*1*{name}"] if name else []),
        *([f"DMG*D8*{born}*F"] if born else []),
        *coverage,
    ]


def file_834(*people: Iterable[str], control: int = 1, action: str = "2", guide: str = GUIDE) -> bytes:
    """An interchange with one transaction set."""
    number = f"{control:09d}"
    body = ["ST*834*0001*" + guide, f"BGN*00*1*20260312*0400****{action}", "N1*P5*PLAN*FI*970118200"]
    body += [segment for segments in people for segment in segments]
    body.append(f"SE*{len(body) + 1}*0001")
    around = [_ISA.format(number), f"GS*BE*PLANSYSTEM*PORTICO*20260312*0400*{control}*X*{guide}"]
    return ("~\n".join([*around, *body, f"GE*1*{control}", f"IEA*1*{number}"]) + "~\n").encode()


CATALOGUE = """\
plan_code,line,plan_name,product,year_from,year_to,service_type,service_name,network,covered,copay,coinsurance,\
deductible_applies,limit_quantity,limit_unit,limit_period,authorization,note,individual_deductible,\
family_deductible,individual_oop,family_oop
7QX,employer-ppo,PPO Gold,PPO,2026-01-01,2026-12-31,,,in,yes,,,,,,,,,1500.00,3000.00,6500.00,13000.00
7QX,employer-ppo,PPO Gold,PPO,2026-01-01,2026-12-31,98,Primary care visit,in,yes,25.00,,no,,,,no,,,,,
7QX,employer-ppo,PPO Gold,PPO,2026-01-01,2026-12-31,AE,Physical therapy,in,yes,50.00,,no,30,visits,year,\
after_limit,,,,,
4HB,employer-hmo,HMO Gold,HMO,2026-01-01,2026-12-31,98,Primary care visit,in,yes,25.00,,no,,,,no,,,,,
"""
PROVIDERS = f"""\
npi,entity_type,last_name,first_name,middle_name,suffix,credential,organization_name,taxonomy_code,specialty,\
licence_number,licence_state,tax_id,tax_id_name,group_code,group_name,affiliated_from,affiliated_to,lines,\
participates_from,participates_to,address,city,state,postal_code,telephone,fax,email,languages,accepts_new_patients
{NPI},1,Lin,Grace,,,MD,,207Q00000X,Family medicine,A1,CA,{TAX_ID},Lakeside,LKS,Lakeside Group,2020-01-01,,\
employer-hmo|employer-ppo,2020-01-01,,1 Pier,Northlake,CA,90901,5305550100,5305550101,\
a@example.org,English|Farsi,yes
{OTHER_NPI},2,,,,,,Northlake Clinic,261Q00000X,Clinic,C1,CA,{TAX_ID},Lakeside,,,2021-01-01,2026-12-31,\
employer-hmo,,,1 Pier,Northlake,CA,90901,5305550100,,,,no
"""
ACCUMULATORS = """\
member_id,plan_code,year_from,year_to,kind,scope,network,service_type,used,as_of
NLH101,7QX,2026-01-01,2026-12-31,deductible,individual,in,,250.00,2026-03-11
NLH101,7QX,2026-01-01,2026-12-31,limit,individual,in,AE,4,2026-03-11
"""
