pragma Singleton

import QtQuick

// Icons for themes of the catalogue, whose names are data and Chinese.
QtObject {
    function icon(topic: string): string {
        const table = {
            "社会救助": "heart-handshake",
            "养老": "old",
            "养老服务": "old",
            "高龄老人": "old",
            "残疾人": "disabled",
            "残疾人服务": "disabled",
            "就业": "briefcase",
            "就业创业": "briefcase",
            "劳动就业": "briefcase",
            "社会保障": "shield-check",
            "社保": "shield-check",
            "医疗": "stethoscope",
            "医疗卫生": "stethoscope",
            "医疗保障": "stethoscope",
            "户籍": "home",
            "户籍户政": "home",
            "住房": "building-cottage",
            "住房保障": "building-cottage",
            "生育": "baby-carriage",
            "婚育": "baby-carriage",
            "教育": "school",
            "证件": "id"
        };
        for (const name in table) {
            if (topic.includes(name))
                return table[name];
        }
        return "layout-grid";
    }
}
