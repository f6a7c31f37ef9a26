"""A small vocabulary as files, for the tests of loading."""

VOCABULARY = {
    "areas.csv": "area,zh,en\nleave,请休假,Leave\nattendance,考勤,Attendance",
    "kinds.csv": (
        "kind,area,zh,en,facts,precondition\n"
        "leave.sick,leave,病假,Sick leave,days applicant_rank,days > 0\n"
        "outing.official,attendance,因公外出,Official outing,internal,always"
    ),
    "roles.csv": (
        "role,class,zh,en,members,rank,level\n"
        "section_chief,seat,科长,Section chief,,section_chief,4\n"
        "director,seat,局长,Director,,director,7\n"
        "leader,any_of,领导,A leader,director section_chief,,0"
    ),
    "facts.csv": (
        "fact,type,source,unit,minimum,maximum,grid,zh,en\n"
        "days,decimal,calendar,day,0,366,0.5,天数,Days\n"
        "internal,bool,organisation,,,,,本单位,Internal\n"
        "applicant_rank,enum,organisation,,,,,职级,Rank"
    ),
    "values.csv": (
        "fact,value,zh,en\napplicant_rank,staff,科员,Staff\n"
        "applicant_rank,section_chief,科长,Section chief\napplicant_rank,director,局长,Director"
    ),
}


def write(folder, files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text + "\n", encoding="utf-8")
    return folder
