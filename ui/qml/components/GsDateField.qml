import QtQuick
import QtQuick.Layouts
import "../theme"

// A date as three numbers, so that nobody has to know how a computer writes dates. `value` is ISO, or what was typed.
ColumnLayout {
    id: date

    property string label: ""
    property string spoken: label
    property string help: ""
    property string mistake: ""
    property bool optional: false
    property string value: ""
    readonly property var parts: value.split("-")

    signal edited(string text)

    spacing: GsTheme.gapTiny

    function changed(): void {
        const all = [year.text, month.text, day.text];
        date.edited(all.every(part => part === "") ? "" : [all[0].padStart(4, "0"), all[1].padStart(2, "0"), all[2].padStart(2, "0")].join("-"));
    }

    GsText {
        visible: date.label !== "" || date.optional
        Layout.fillWidth: true
        text: GsWords.asked(date.label, date.optional)
        strong: true
    }
    RowLayout {
        spacing: GsTheme.gapSmall
        GsField {
            id: year
            objectName: date.objectName + "_year"
            Layout.preferredWidth: GsTheme.px(220 * GsTheme.titles)
            spoken: date.spoken + " " + qsTr("年")
            unitText: qsTr("年")
            pad: "number"
            limit: 4
            text: (date.parts[0] ?? "").replace(/^0+/, "")
            onEdited: date.changed()
        }
        GsField {
            id: month
            objectName: date.objectName + "_month"
            Layout.preferredWidth: GsTheme.px(160 * GsTheme.titles)
            spoken: date.spoken + " " + qsTr("月")
            unitText: qsTr("月")
            pad: "number"
            limit: 2
            text: (date.parts[1] ?? "").replace(/^0+/, "")
            onEdited: date.changed()
        }
        GsField {
            id: day
            objectName: date.objectName + "_day"
            Layout.preferredWidth: GsTheme.px(160 * GsTheme.titles)
            spoken: date.spoken + " " + qsTr("日")
            unitText: qsTr("日")
            pad: "number"
            limit: 2
            text: (date.parts[2] ?? "").replace(/^0+/, "")
            onEdited: date.changed()
        }
    }
    GsMistake {
        Layout.fillWidth: true
        objectName: date.objectName + "_mistake"
        text: date.mistake
    }
    GsText {
        visible: date.help !== "" && date.mistake === ""
        Layout.fillWidth: true
        text: date.help
        role: "small"
        soft: true
    }
}
